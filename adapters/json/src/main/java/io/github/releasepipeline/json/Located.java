package io.github.releasepipeline.json;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A value of a JSON text with its place; members that are there twice are kept twice.
 *
 * @param place where it begins
 * @param sort what it is
 * @param text of a text, and of everything else that has no parts, as it stands there
 * @param elements of an array
 * @param members of an object
 */
record Located(Position place, Sort sort, String text, List<Located> elements, List<Member> members) {
    /** What a value is. */
    enum Sort {
        OBJECT,
        ARRAY,
        TEXT,
        NUMBER,
        TRUTH,
        NULL;

        String described() {
            return switch (this) {
                case OBJECT, ARRAY -> "an " + name().toLowerCase(Locale.ROOT);
                case TEXT, NUMBER -> "a " + name().toLowerCase(Locale.ROOT);
                case TRUTH -> "true or false";
                case NULL -> "null";
            };
        }
    }

    /**
     * One member of an object.
     *
     * @param place where its name stands
     */
    record Member(String name, Position place, Located value) {}

    Optional<String> text(String path, Problems problems) {
        return is(Sort.TEXT, path, problems) ? Optional.of(text) : Optional.empty();
    }

    Optional<Boolean> truth(String path, Problems problems) {
        return is(Sort.TRUTH, path, problems) ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
    }

    List<Located> elements(String path, Problems problems) {
        return is(Sort.ARRAY, path, problems) ? elements : List.of();
    }

    boolean is(Sort wanted, String path, Problems problems) {
        if (sort != wanted) {
            problems.add(place, path, wanted.described() + " was expected, not " + sort.described());
        }
        return sort == wanted;
    }
}
