package io.github.releasepipeline.http.stub;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the stub server answers.
 *
 * @param status the status
 * @param headers besides the length
 * @param body the bytes
 * @param delivery how far it comes
 */
public record Answer(int status, Map<String, String> headers, byte[] body, Delivery delivery) {
    /** How far an answer comes. */
    public enum Delivery {
        /** Whole. */
        WHOLE,
        /** The connection ends before anything is answered. */
        LOST,
        /** The head and half of the body, then the connection ends. */
        CUT,
        /** The head and half of the body, then nothing until the server is closed. */
        STALLED
    }

    /** JSON. */
    public static Answer json(int status, JsonNode json) {
        return of(status, "application/json; charset=utf-8", Json.write(json));
    }

    /** JSON written as text. */
    public static Answer json(int status, String json) {
        return of(status, "application/json; charset=utf-8", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Any bytes. */
    public static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, Map.of("Content-Type", contentType), body, Delivery.WHOLE);
    }

    /** No body. */
    public static Answer empty(int status) {
        return new Answer(status, Map.of(), new byte[0], Delivery.WHOLE);
    }

    /** The connection ends before anything is answered. */
    public static Answer lost() {
        return empty(200).delivered(Delivery.LOST);
    }

    /** The same with one more header. */
    public Answer header(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body, delivery);
    }

    /** The same, delivered in another way. */
    public Answer delivered(Delivery way) {
        return new Answer(status, headers, body, way);
    }
}
