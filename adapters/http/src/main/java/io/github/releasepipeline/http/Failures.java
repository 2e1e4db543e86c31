package io.github.releasepipeline.http;

import io.github.releasepipeline.error.AdapterException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Words for what went wrong: service, endpoint, status, its explanation, missing permission, request id; no token. */
final class Failures {
    private static final int EXPLANATION = 300;

    private final Dialect dialect;

    Failures(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The service answered something else than was asked for. */
    AdapterException of(Call call, Reply reply, Optional<Instant> closedUntil, String authorization) {
        StringBuilder message = new StringBuilder(name(call) + " answered " + reply.status());
        dialect.explanation(reply).ifPresent(text -> message.append(": ").append(clean(text, authorization)));
        List<String> facts = new ArrayList<>();
        if (reply.status() == 401) {
            facts.add("the token is wrong, expired or revoked");
        }
        if (reply.status() / 100 == 3) {
            facts.add("moved to " + clean(reply.header("location").orElse("an unknown place"), authorization));
        }
        dialect.missingPermission(reply)
                .ifPresent(text -> facts.add("permission needed: " + clean(text, authorization)));
        dialect.requestId(reply).ifPresent(id -> facts.add("request id " + clean(id, authorization)));
        closedUntil.ifPresent(time -> facts.add("come again at " + time));
        if (!facts.isEmpty()) {
            message.append(" (").append(String.join("; ", facts)).append(')');
        }
        if (closedUntil.isPresent()) {
            return AdapterException.passingUntil(message.toString(), closedUntil.get());
        }
        return isPassing(reply.status())
                ? AdapterException.passing(message.toString(), null)
                : AdapterException.lasting(message.toString(), null);
    }

    /** No answer came, or half of one. */
    AdapterException lost(Call call, IOException e) {
        if (e instanceof LimitedBody.TooLong || e.getCause() instanceof LimitedBody.TooLong) {
            return AdapterException.lasting(name(call) + " answered more than is read: " + e.getMessage(), e);
        }
        return AdapterException.passing(name(call) + " gave no answer: " + reason(e), e);
    }

    /** The quota is known to be used up; nothing was sent. */
    AdapterException closed(Call call, Instant until) {
        return AdapterException.passingUntil(
                name(call) + " was not asked: the quota is used up (come again at " + until + ")", until);
    }

    private String name(Call call) {
        return dialect.name() + " " + call.endpoint();
    }

    private static boolean isPassing(int status) {
        return status == 408 || status == 425 || status == 429 || (status >= 500 && status != 501);
    }

    private static String reason(IOException e) {
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        }
        if (e instanceof HttpTimeoutException) {
            return "it took too long";
        }
        if (e.getCause() instanceof UnresolvedAddressException || e instanceof UnknownHostException) {
            return "the host's name is unknown";
        }
        if (e instanceof ConnectException) {
            return "no connection; is the address right and the network there?";
        }
        if (e instanceof SSLException) {
            return "no protected connection: " + e.getMessage();
        }
        return e.getMessage() == null ? "the connection broke" : "the connection broke: " + e.getMessage();
    }

    /** One line, not too long, and without the token if the service repeats it. */
    private static String clean(String text, String authorization) {
        String secret = authorization.substring(authorization.indexOf(' ') + 1);
        String safe = secret.isEmpty() ? text : text.replace(secret, "***");
        String line = safe.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= EXPLANATION ? line : line.substring(0, EXPLANATION) + "…";
    }
}
