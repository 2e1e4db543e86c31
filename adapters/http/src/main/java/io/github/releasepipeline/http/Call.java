package io.github.releasepipeline.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One request to a service.
 *
 * @param method in capitals
 * @param target a path below the service's base, encoded, with its query; or a whole address that the service gave
 * @param headers besides those of every request
 * @param body JSON
 * @param accepted statuses besides 2xx that the caller deals with itself
 * @param fresh whether a remembered answer must be confirmed by the service: for reads that guard a decision
 * @param repeatable whether sending it twice does no more than sending it once
 * @param withinOrigin whether a redirect to another scheme, host or port is the answer and not followed
 */
public record Call(
        String method,
        String target,
        Map<String, String> headers,
        Optional<JsonNode> body,
        Set<Integer> accepted,
        boolean fresh,
        boolean repeatable,
        boolean withinOrigin) {
    /** Copies the collections. */
    public Call {
        headers = Map.copyOf(headers);
        accepted = Set.copyOf(accepted);
    }

    /** A request whose redirects, if it is a read, may lead anywhere. */
    public Call(
            String method,
            String target,
            Map<String, String> headers,
            Optional<JsonNode> body,
            Set<Integer> accepted,
            boolean fresh,
            boolean repeatable) {
        this(method, target, headers, body, accepted, fresh, repeatable, false);
    }

    /**
     * A read.
     *
     * @param template the path, with <code>{}</code> for each parameter
     * @param parameters one for each <code>{}</code>; encoded here, so a slash in one is no new segment
     */
    public static Call get(String template, Object... parameters) {
        return of("GET", template, parameters);
    }

    /** A read of an address that the service gave, such as the next page. */
    public static Call get(URI address) {
        return new Call("GET", address.toString(), Map.of(), Optional.empty(), Set.of(), false, true, false);
    }

    /** Any request; reads are repeatable. */
    public static Call of(String method, String template, Object... parameters) {
        String target = expand(template, parameters);
        return new Call(method, target, Map.of(), Optional.empty(), Set.of(), false, isRead(method), false);
    }

    /** The same with more path at the end; parameters as in {@link #of}. */
    public Call below(String template, Object... parameters) {
        return new Call(
                method,
                target + expand(template, parameters),
                headers,
                body,
                accepted,
                fresh,
                repeatable,
                withinOrigin);
    }

    /** The same with one more parameter in the query. */
    public Call query(String name, Object value) {
        String pair = encode(name) + "=" + encode(String.valueOf(value));
        return new Call(
                method,
                target + (target.contains("?") ? "&" : "?") + pair,
                headers,
                body,
                accepted,
                fresh,
                repeatable,
                withinOrigin);
    }

    /** The same with one more header. */
    public Call header(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Call(method, target, more, body, accepted, fresh, repeatable, withinOrigin);
    }

    /** The same with a body. */
    public Call json(JsonNode json) {
        return new Call(method, target, headers, Optional.of(json), accepted, fresh, repeatable, withinOrigin);
    }

    /** The same; the caller deals with these statuses itself. */
    public Call accept(Integer... statuses) {
        Set<Integer> more = new TreeSet<>(accepted);
        more.addAll(List.of(statuses));
        return new Call(method, target, headers, body, more, fresh, repeatable, withinOrigin);
    }

    /** The same, never answered from memory alone. */
    public Call asFresh() {
        return new Call(method, target, headers, body, accepted, true, repeatable, withinOrigin);
    }

    /** The same, if the caller knows that sending it twice does no harm. */
    public Call asRepeatable() {
        return new Call(method, target, headers, body, accepted, fresh, true, withinOrigin);
    }

    /** The same; a redirect to another scheme, host or port is not followed. The caller has to accept its status. */
    public Call asWithinOrigin() {
        return new Call(method, target, headers, body, accepted, fresh, repeatable, true);
    }

    /** For messages: method and path, without the query. */
    public String endpoint() {
        int query = target.indexOf('?');
        return method + " " + (query < 0 ? target : target.substring(0, query));
    }

    boolean isRead() {
        return isRead(method);
    }

    private static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private static String expand(String template, Object... parameters) {
        List<String> parts = new ArrayList<>(List.of(template.split("\\{}", -1)));
        if (parts.size() != parameters.length + 1) {
            throw new IllegalArgumentException(
                    template + " has " + (parts.size() - 1) + " parameters, not " + parameters.length);
        }
        StringBuilder path = new StringBuilder(parts.get(0));
        for (int i = 0; i < parameters.length; i++) {
            path.append(encode(String.valueOf(parameters[i]))).append(parts.get(i + 1));
        }
        return path.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
