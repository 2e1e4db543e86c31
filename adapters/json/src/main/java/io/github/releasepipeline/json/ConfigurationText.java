package io.github.releasepipeline.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.releasepipeline.error.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads configuration files into values that know their places. What is no JSON at all is one clear error. */
final class ConfigurationText {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final JsonParser parser;

    private ConfigurationText(JsonParser parser) {
        this.parser = parser;
    }

    /** The text of a file of UTF-8. */
    static String read(Path file, String name) {
        byte[] bytes;
        try (InputStream stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw wrong(name, "there is no such file");
        } catch (IOException e) {
            throw wrong(name, "it cannot be read: " + e.getClass().getSimpleName());
        }
        requireShort(name, bytes.length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong(name, "it is not UTF-8");
        }
    }

    /** The one value of a text. */
    static Located parse(String name, String json) {
        requireShort(name, json.length());
        String text = !json.isEmpty() && json.charAt(0) == BYTE_ORDER_MARK ? json.substring(1) : json;
        try (JsonParser parser = Json.parser(text)) {
            if (parser.nextToken() == null) {
                throw wrong(name, "it is empty");
            }
            Located document = new ConfigurationText(parser).value();
            if (parser.nextToken() != null) {
                throw wrong(name + ":" + place(parser.currentTokenLocation()), "something follows the end");
            }
            return document;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw wrong(
                    at == null ? name : name + ":" + place(at),
                    "no valid JSON: " + Problems.shown(String.valueOf(e.getOriginalMessage())));
        } catch (IOException e) {
            throw new IllegalStateException("A text in memory can always be read", e);
        }
    }

    private Located value() throws IOException {
        Position place = place(parser.currentTokenLocation());
        return switch (parser.currentToken()) {
            case START_OBJECT -> new Located(place, Located.Sort.OBJECT, "", List.of(), members());
            case START_ARRAY -> new Located(place, Located.Sort.ARRAY, "", elements(), List.of());
            case VALUE_STRING -> plain(place, Located.Sort.TEXT);
            case VALUE_TRUE, VALUE_FALSE -> plain(place, Located.Sort.TRUTH);
            case VALUE_NULL -> plain(place, Located.Sort.NULL);
            default -> plain(place, Located.Sort.NUMBER);
        };
    }

    private Located plain(Position place, Located.Sort sort) throws IOException {
        return new Located(place, sort, parser.getText(), List.of(), List.of());
    }

    private List<Located> elements() throws IOException {
        List<Located> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value());
        }
        return elements;
    }

    private List<Located.Member> members() throws IOException {
        List<Located.Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Position place = place(parser.currentTokenLocation());
            parser.nextToken();
            members.add(new Located.Member(name, place, value()));
        }
        return members;
    }

    private static Position place(JsonLocation at) {
        return new Position(at.getLineNr(), at.getColumnNr());
    }

    private static void requireShort(String name, int length) {
        if (length > MAX_BYTES) {
            throw wrong(name, "it is longer than 1 MiB, which no configuration is");
        }
    }

    private static ConfigurationException wrong(String name, String problem) {
        return new ConfigurationException(List.of(Problems.shown(name) + ": " + problem));
    }
}
