package io.github.releasepipeline.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.subject.CanonicalJson;
import java.util.ArrayList;
import java.util.List;

/**
 * Model values as JSON and back: {@code read(type, write(value))} equals the value, and {@code write(read(type, text))} is
 * the text that was written.
 *
 * <p>Reading is lenient in one way: fields that are not known are left out, because a newer node may have written them.
 * Everything else that does not fit is an error that names the place and never repeats the document.
 * Texts may hold anything, lone surrogates too; only the keys of maps have to be well-formed.
 */
public final class ModelJson {
    private ModelJson() {}

    /** Writes a value in its canonical form. */
    public static String write(Object value) {
        return CanonicalJson.write(value);
    }

    /**
     * Reads a value.
     *
     * @param type a record, sealed family, enum, text, number or time of the model
     * @throws AdapterException lasting, naming the place in the text, if the text is not such a value
     */
    public static <T> T read(Class<T> type, String json) {
        return type.cast(Decoder.decode(type, Json.parse(json, type.getSimpleName()), type.getSimpleName()));
    }

    /**
     * Reads a list of values.
     *
     * @throws AdapterException lasting, naming the place in the text, if the text is not such a list
     */
    public static <T> List<T> readList(Class<T> type, String json) {
        String what = "list of " + type.getSimpleName();
        JsonNode array = Json.parse(json, what);
        if (!array.isArray()) {
            throw Json.unreadable(what, "an array was expected, not " + Json.describe(array), null);
        }
        List<T> values = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            values.add(type.cast(Decoder.decode(type, array.get(i), what + "[" + i + "]")));
        }
        return values;
    }
}
