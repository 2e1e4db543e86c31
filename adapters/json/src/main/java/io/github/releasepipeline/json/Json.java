package io.github.releasepipeline.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.releasepipeline.error.AdapterException;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one place that knows the JSON library's parser. */
final class Json {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_LENGTH = 128 * 1024 * 1024;
    private static final int MAX_NAME = 64 * 1024;
    private static final int MAX_NUMBER = 32;
    private static final int MAX_DETAIL = 200;

    private static final ObjectMapper MAPPER = new ObjectMapper(factory()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** What stands twice is told twice: it is for its reader to say so. */
    private static final JsonFactory TOKENS = factory().build();

    private Json() {}

    private static JsonFactoryBuilder factory() {
        return new JsonFactoryBuilder()
                // The text of a document never reaches a message: it may hold anything.
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxDocumentLength(MAX_LENGTH)
                        .maxStringLength(MAX_LENGTH)
                        .maxNameLength(MAX_NAME)
                        .maxNumberLength(MAX_NUMBER)
                        .build());
    }

    /** Reads a text token by token. */
    static JsonParser parser(String json) throws IOException {
        return TOKENS.createParser(json);
    }

    /** Parses one whole text. */
    static JsonNode parse(String json, String what) {
        if (json.length() > MAX_LENGTH) {
            throw unreadable(what, "it has " + json.length() + " characters, more than " + MAX_LENGTH, null);
        }
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node.isMissingNode()) {
                throw unreadable(what, "the text is empty", null);
            }
            return node;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw unreadable(what, "no valid JSON" + place + ": " + e.getOriginalMessage(), null);
        }
    }

    /** The error for a text that is not what it should be. */
    static AdapterException unreadable(String path, String detail, @Nullable Throwable cause) {
        String shown = detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) + "…" : detail;
        return AdapterException.lasting("Cannot read " + path + ": " + shown, cause);
    }

    /** What a node is, without its content. */
    static String describe(@Nullable JsonNode node) {
        return node == null ? "nothing" : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
