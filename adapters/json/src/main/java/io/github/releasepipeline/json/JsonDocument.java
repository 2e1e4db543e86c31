package io.github.releasepipeline.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.releasepipeline.difference.StructureComparer.State;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.subject.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * One state of an item as far as it could be read.
 *
 * @param root its value; absent if there is no such state
 * @param problem why it could not be read
 */
record JsonDocument(Optional<JsonNode> root, Optional<String> problem) {
    private static final int MAX_DEPTH = 500;
    private static final int MAX_TOKENS = 500_000;
    private static final int MAX_DETAIL = 160;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);

    static JsonDocument read(Optional<State> state, int limit) {
        return state.map(there -> read(there, limit))
                .orElseGet(() -> new JsonDocument(Optional.empty(), Optional.empty()));
    }

    private static JsonDocument read(State state, int limit) {
        if (state.bytes() > limit) {
            return problem(state, "is too large to compare: " + size(state.bytes()) + ", limit " + size(limit));
        }
        try (InputStream in = state.open()) {
            byte[] bytes = in.readNBytes(limit);
            return parsed(
                    state,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            return problem(state, "is not JSON: its bytes are no UTF-8 text");
        } catch (IOException e) {
            throw AdapterException.passing("Reading '" + state.path() + "' failed: " + e.getMessage(), e);
        }
    }

    private static JsonDocument parsed(State state, String text) {
        try {
            JsonNode root = MAPPER.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
            return root.isMissingNode()
                    ? problem(state, "is not JSON: it is empty")
                    : new JsonDocument(Optional.of(root), Optional.empty());
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            return problem(state, "is not JSON: " + place + Text.shown(e.getOriginalMessage(), MAX_DETAIL));
        }
    }

    private static JsonDocument problem(State state, String what) {
        return new JsonDocument(Optional.empty(), Optional.of("'" + Text.shown(state.path(), 200) + "' " + what));
    }

    private static String size(long bytes) {
        return bytes < 1 << 20
                ? bytes + " bytes"
                : String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20))
                        .replace(".0 ", " ");
    }
}
