package io.github.releasepipeline.github;

/**
 * A repository's name.
 *
 * @param owner user or organisation
 * @param name without the owner
 */
record Repo(String owner, String name) {
    private static final String PART = "[A-Za-z0-9_.-]{1,100}";

    static Repo parse(String text) {
        if (!text.matches(PART + "/" + PART)) {
            throw new IllegalArgumentException("A GitHub repository is named owner/name, not '" + text + "'");
        }
        int slash = text.indexOf('/');
        return new Repo(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
