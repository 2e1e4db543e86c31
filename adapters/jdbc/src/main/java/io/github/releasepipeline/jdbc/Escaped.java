package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.json.ModelJson;

/**
 * Text that may hold anything, as columns keep it: escaped as in JSON, because databases refuse or cut zero characters and
 * lone surrogates. Ordinary text stays as it is.
 */
final class Escaped {
    private static final int MAX_ID = 700;
    private static final int MAX_KEY = 300;
    private static final String HASHED = "sha256:";

    private Escaped() {}

    static String text(String text) {
        String json = ModelJson.write(text);
        return json.substring(1, json.length() - 1);
    }

    /** The text that was escaped. */
    static String read(String column) {
        return column.indexOf('\\') < 0 ? column : ModelJson.read(String.class, "\"" + column + "\"");
    }

    /** An id, which has to fit into an index as it is. */
    static String id(String id) {
        String escaped = text(id);
        if (escaped.length() > MAX_ID) {
            throw new IllegalArgumentException("An id is too long to be stored: " + escaped.length() + " characters");
        }
        return escaped;
    }

    /** Text that is only compared: what is too long for an index is replaced by its digest. */
    static String key(String text) {
        String escaped = text(text);
        return escaped.length() > MAX_KEY || escaped.startsWith(HASHED)
                ? HASHED + Digest.of(escaped).hex()
                : escaped;
    }
}
