package io.github.releasepipeline.http.stub;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as the stub server saw it.
 *
 * @param method in capitals
 * @param uri path and query, as sent
 * @param headers names in lower case
 * @param body the bytes
 */
public record Asked(String method, URI uri, Map<String, List<String>> headers, byte[] body) {
    /** The path as sent, still encoded. */
    public String path() {
        return uri.getRawPath();
    }

    /** A parameter of the query. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(queries().get(name));
    }

    /** All parameters of the query, decoded. */
    public Map<String, String> queries() {
        Map<String, String> found = new LinkedHashMap<>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&")) {
                int is = pair.indexOf('=');
                found.put(decode(is < 0 ? pair : pair.substring(0, is)), is < 0 ? "" : decode(pair.substring(is + 1)));
            }
        }
        return found;
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** The body as JSON. */
    public JsonNode json() {
        try {
            return Json.read(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return method + " " + uri;
    }
}
