package io.github.releasepipeline.gates;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Authorization;
import io.github.releasepipeline.http.Call;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Dialect;
import io.github.releasepipeline.http.HttpApi;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.http.Reply;
import io.github.releasepipeline.subject.Text;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A quality gate: a service answers as expected. Any other answer has failed; no answer, half of one or one that is too long
 * is inconclusive. Redirects to another scheme, host or port are answers, not ways. Never tells the body of an answer, only
 * the expected places in it; never the token or the query of the address. Thread-safe.
 *
 * <p>Which addresses may be asked is the host's business: the address is configuration, not part of an item.
 */
public final class HttpCheck implements QualityGate {
    private static final Duration USUAL_TIME = Duration.ofSeconds(30);
    private static final int USUAL_BODY = 1 << 20;
    private static final int LONGEST_VALUE = 100;
    private static final Integer[] EVERY_STATUS =
            IntStream.range(300, 600).boxed().toArray(Integer[]::new);

    private final String name;
    private final URI address;
    private final Authorization authorization;
    private final HttpOptions options;
    private final Set<Integer> statuses;
    private final Map<String, String> expected;
    private final Map<String, BigDecimal> limits;
    private final HttpApi api;

    private HttpCheck(
            String name,
            URI address,
            Authorization authorization,
            HttpOptions options,
            Set<Integer> statuses,
            Map<String, String> expected,
            Map<String, BigDecimal> limits) {
        this.name = name;
        this.address = address;
        this.authorization = authorization;
        this.options = options;
        this.statuses = statuses;
        this.expected = expected;
        this.limits = limits;
        this.api = new HttpApi(origin(address), new Asked(name), authorization, options);
    }

    /**
     * Expects status 200 of a GET, within 30 seconds and a body of at most a megabyte.
     *
     * @throws IllegalArgumentException if it is no http or https address
     */
    public static HttpCheck get(String name, URI address) {
        HttpOptions usual = HttpOptions.standard().patience(USUAL_TIME).maxBodyBytes(USUAL_BODY);
        return new HttpCheck(name, address, Authorization.none(), usual, Set.of(200), Map.of(), Map.of());
    }

    /** The same with another expected status, or several. */
    public HttpCheck status(Integer... values) {
        return new HttpCheck(name, address, authorization, options, Set.of(values), expected, limits);
    }

    /**
     * The same, and the body is JSON with this value at a place.
     *
     * @param pointer JSON pointer such as {@code /status}
     * @param value the text, or the JSON of a number, truth value or null
     */
    public HttpCheck json(String pointer, String value) {
        JsonPointer.compile(pointer);
        Map<String, String> more = new LinkedHashMap<>(expected);
        more.put(pointer, value);
        return new HttpCheck(name, address, authorization, options, statuses, more, limits);
    }

    /**
     * The same, and the body is JSON with a number at a place that is not above a limit: an error rate, a latency. A number in
     * quotes is one too, as Prometheus has it at {@code /data/result/0/value/1}. Where no number is, nothing was measured: that
     * is inconclusive.
     *
     * @param pointer JSON pointer
     * @param limit the highest number that passes
     */
    public HttpCheck atMost(String pointer, BigDecimal limit) {
        JsonPointer.compile(pointer);
        Map<String, BigDecimal> more = new LinkedHashMap<>(limits);
        more.put(pointer, limit);
        return new HttpCheck(name, address, authorization, options, statuses, expected, more);
    }

    /** The same as somebody who may ask. */
    public HttpCheck as(Authorization who) {
        return new HttpCheck(name, address, who, options, statuses, expected, limits);
    }

    /** The same with other time limits and sizes. */
    public HttpCheck http(HttpOptions other) {
        return new HttpCheck(name, address, authorization, other, statuses, expected, limits);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public GateResult evaluate(GateContext context) {
        Call call = Call.get(place(address)).accept(EVERY_STATUS).asFresh().asWithinOrigin();
        try {
            return judged(api.send(call, Deadline.in(options.patience(), options.clock())));
        } catch (AdapterException e) {
            return GateResult.inconclusive(name + ": " + e.getMessage());
        }
    }

    private GateResult judged(Reply reply) {
        Map<String, String> evidence = new TreeMap<>();
        evidence.put("address", String.valueOf(withoutQuery(address)));
        evidence.put("status", String.valueOf(reply.status()));
        if (!statuses.contains(reply.status())) {
            String wanted =
                    new TreeSet<>(statuses).stream().map(String::valueOf).collect(Collectors.joining(" or "));
            return GateResult.failed(name + " failed: status " + reply.status() + ", not " + wanted)
                    .with(evidence);
        }
        if (expected.isEmpty() && limits.isEmpty()) {
            return GateResult.passed(name + " passed (status " + reply.status() + ")")
                    .with(evidence);
        }
        try {
            return compared(reply.json(), evidence).with(evidence);
        } catch (AdapterException e) {
            return GateResult.failed(name + " failed: the answer is not JSON").with(evidence);
        }
    }

    private GateResult compared(JsonNode body, Map<String, String> evidence) {
        for (Map.Entry<String, String> place : expected.entrySet()) {
            JsonNode node = body.at(place.getKey());
            String found = text(node);
            evidence.put(place.getKey(), Text.readableLine(found, LONGEST_VALUE));
            if (node.isMissingNode() || !found.equals(place.getValue())) {
                return GateResult.failed(name + " failed: " + place.getKey() + " is "
                        + Text.readableLine(found, LONGEST_VALUE) + ", not "
                        + Text.readableLine(place.getValue(), LONGEST_VALUE));
            }
        }
        for (Map.Entry<String, BigDecimal> place : limits.entrySet()) {
            String found = Text.readableLine(text(body.at(place.getKey())), LONGEST_VALUE);
            evidence.put(place.getKey(), found);
            Optional<BigDecimal> number = number(found);
            if (number.isEmpty()) {
                return GateResult.inconclusive(name + ": " + place.getKey() + " is " + found + ", no number");
            }
            if (number.get().compareTo(place.getValue()) > 0) {
                return GateResult.failed(name + " failed: " + place.getKey() + " is " + found + ", more than "
                        + place.getValue().toPlainString());
            }
        }
        int all = expected.size() + limits.size();
        return GateResult.passed(name + " passed (" + all + "/" + all + ")");
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.isMissingNode() ? "nothing" : node.toString();
    }

    /** Empty for what is no number, {@code NaN} and the infinities among it. */
    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The part that requests are below; its own checks want a host and no user. */
    private static URI origin(URI address) {
        return URI.create(address.getScheme() + "://" + address.getRawAuthority());
    }

    private static String place(URI address) {
        String query = address.getRawQuery();
        return address.getRawPath() + (query == null ? "" : "?" + query);
    }

    private static URI withoutQuery(URI address) {
        return URI.create(address.toString().replaceAll("[?#].*", ""));
    }

    /** A service that is asked how it is: that it has no time now is what it answers. */
    private record Asked(String name) implements Dialect {
        @Override
        public Optional<Instant> usedUpUntil(Reply reply, Instant now) {
            return Optional.empty();
        }
    }
}
