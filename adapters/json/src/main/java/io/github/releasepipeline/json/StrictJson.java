package io.github.releasepipeline.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.releasepipeline.subject.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is read of bytes of anybody that should be JSON. A text with anything behind the value, with a member twice, more
 * than {@value #MAX_DEPTH} levels deep, with more than {@value #MAX_TOKENS} tokens, with a number beyond those of
 * {@link java.math.BigDecimal} or with bytes that are no UTF-8 is not JSON here.
 */
public sealed interface StrictJson {
    /** How deep a value may be. */
    int MAX_DEPTH = 500;
    /** How many tokens a text may have. */
    int MAX_TOKENS = 500_000;

    /**
     * It is JSON.
     *
     * @param root the value
     */
    record Value(JsonNode root) implements StrictJson {}

    /**
     * It is not.
     *
     * @param why one short line, with the place
     */
    record Problem(String why) implements StrictJson {}

    /**
     * Reads at most so many bytes.
     *
     * @throws IOException if the stream cannot be read
     */
    static StrictJson read(InputStream in, int limit) throws IOException {
        byte[] bytes = in.readNBytes(limit);
        if (bytes.length == limit && in.read() >= 0) {
            return new Problem("it is larger than " + size(limit));
        }
        try {
            return Reader.parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return new Problem("its bytes are no UTF-8 text");
        }
    }

    /** A number of bytes for people: {@code 300 bytes}, {@code 4 MB}. */
    static String size(long bytes) {
        return bytes < 1 << 20
                ? bytes + " bytes"
                : String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20))
                        .replace(".0 ", " ");
    }

    /** The parser. */
    final class Reader {
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

        private Reader() {}

        private static StrictJson parse(String text) throws IOException {
            try (JsonParser parser = MAPPER.createParser(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
                return parse(parser);
            }
        }

        private static StrictJson parse(JsonParser parser) throws IOException {
            try {
                JsonNode root = MAPPER.readTree(parser);
                return root == null ? new Problem("it is empty") : new Value(root);
            } catch (JsonProcessingException e) {
                return problem(e.getLocation(), e.getOriginalMessage());
            } catch (NumberFormatException e) { // an exponent beyond those of BigDecimal
                return problem(parser.currentTokenLocation(), "Number out of range");
            }
        }

        private static Problem problem(@Nullable JsonLocation at, String why) {
            String place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            return new Problem(place + Text.shown(why, MAX_DETAIL));
        }
    }
}
