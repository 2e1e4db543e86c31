package io.github.releasepipeline.json;

import io.github.releasepipeline.subject.Text;

/**
 * Where a value stands and what a person calls it.
 *
 * @param pointer the path to it
 * @param label one line; empty for the whole document
 * @param noun what an element here is called: {@code node} within {@code nodes}; empty if the name tells nothing
 * @param owner what the label of a value further down ends with
 */
record Place(Pointer pointer, String label, String noun, String owner) {
    private static final int MAX_LABEL = 60;

    static final Place ROOT = new Place(Pointer.ROOT, "whole document", "", "");

    /** A member of an object. */
    Place member(String name, boolean container) {
        String word = Text.shown(name, MAX_LABEL);
        boolean element = container && !noun.isEmpty();
        String own = element ? word + " " + noun : word;
        return new Place(pointer.child(name), own + owner, singular(word), element ? " of " + own + owner : owner);
    }

    /** An element of a list that carries a name. */
    Place element(int index, String name) {
        String own = Text.shown(name, MAX_LABEL) + (noun.isEmpty() ? "" : " " + noun);
        return new Place(pointer.child(String.valueOf(index)), own + owner, "", " of " + own);
    }

    /** An element of a list that is told by its place only. */
    Place element(int index) {
        String own = (noun.isEmpty() ? "element" : noun) + " " + (index + 1);
        return new Place(pointer.child(String.valueOf(index)), own + owner, "", " of " + own);
    }

    private static String singular(String word) {
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.matches(".*(ss|x|ch|sh)es")) {
            return word.substring(0, word.length() - 2);
        }
        return word.endsWith("s") && !word.endsWith("ss") && word.length() > 2
                ? word.substring(0, word.length() - 1)
                : "";
    }
}
