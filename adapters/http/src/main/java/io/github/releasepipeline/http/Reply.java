package io.github.releasepipeline.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.releasepipeline.error.AdapterException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A whole answer. */
public final class Reply {
    private final String endpoint;
    private final URI uri;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;
    private final boolean remembered;

    Reply(String endpoint, URI uri, int status, HttpHeaders headers, byte[] body, boolean remembered) {
        this.endpoint = endpoint;
        this.uri = uri;
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.remembered = remembered;
    }

    /** The status, after redirects. */
    public int status() {
        return status;
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** When the service answered, by its own clock. */
    public Optional<Instant> at() {
        return header("date").flatMap(Reply::instant);
    }

    /** The address of the next page, as the service gave it. */
    public Optional<URI> next() {
        return Links.next(headers.allValues("link")).map(uri::resolve);
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body as JSON; a missing node for an empty body.
     *
     * @throws AdapterException if it is something else: a proxy's page, half an answer
     */
    public JsonNode json() {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return Json.read(body);
        } catch (IOException e) {
            throw AdapterException.passing(
                    endpoint + " answered " + status + " with "
                            + header("content-type").orElse("something")
                            + " that is not JSON; is there a proxy in between, or is the address another service's?",
                    null);
        }
    }

    /** Whether it was answered from memory, without asking the service. */
    boolean remembered() {
        return remembered;
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return endpoint + " → " + status;
    }
}
