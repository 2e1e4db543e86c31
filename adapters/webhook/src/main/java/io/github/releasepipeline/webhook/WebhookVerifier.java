package io.github.releasepipeline.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * For programs that receive what {@link Webhook} sends. Thread-safe; remembers the messages of the last minutes in this
 * process to refuse recorded ones.
 *
 * <p>A genuine message may tell of an event that came before: deliveries are at least once. The header {@code webhook-id} is
 * the same then; a receiver that must do something once remembers it together with what it did.
 */
public final class WebhookVerifier {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int REMEMBERED = 100_000;

    private final List<SigningSecret> secrets;
    private final Clock clock;
    private final Map<String, Instant> seen = new LinkedHashMap<>();

    private WebhookVerifier(List<SigningSecret> secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * A verifier.
     *
     * @param clock tells the time, which may be five minutes off
     * @param secrets one, or two while they are changed
     */
    public static WebhookVerifier of(Clock clock, SigningSecret... secrets) {
        if (secrets.length == 0) {
            throw new IllegalArgumentException("Without a secret nothing can be verified");
        }
        return new WebhookVerifier(List.of(secrets), clock);
    }

    /**
     * Judges a message. Only {@link Verdict#GENUINE} is to be acted on.
     *
     * @param headers of the request; names in any case
     * @param body the bytes as they came, before anything was parsed
     */
    public Verdict verify(Map<String, String> headers, byte[] body) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        String id = byName.getOrDefault("webhook-id", "");
        Optional<Long> seconds = seconds(byName.getOrDefault("webhook-timestamp", ""));
        String signatures = byName.getOrDefault("webhook-signature", "");
        if (id.isEmpty() || seconds.isEmpty() || signatures.isEmpty()) {
            return Verdict.MALFORMED;
        }
        Instant now = clock.instant();
        Duration off =
                Duration.between(Instant.ofEpochSecond(seconds.get()), now).abs();
        if (off.compareTo(TOLERANCE) > 0) {
            return Verdict.OUT_OF_TIME;
        }
        if (!isSigned(id, seconds.get(), body, signatures)) {
            return Verdict.FORGED;
        }
        return isNew(id + "." + seconds.get(), now) ? Verdict.GENUINE : Verdict.REPLAYED;
    }

    private boolean isSigned(String id, long seconds, byte[] body, String signatures) {
        boolean found = false;
        for (SigningSecret secret : secrets) {
            byte[] right = secret.sign(id, seconds, body).getBytes(StandardCharsets.UTF_8);
            for (String given : signatures.split(" ", 20)) { // nobody has more, and each costs time
                found |= MessageDigest.isEqual(right, given.getBytes(StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    private synchronized boolean isNew(String message, Instant now) {
        Instant old = now.minus(TOLERANCE.multipliedBy(2));
        Iterator<Instant> oldest = seen.values().iterator();
        while (oldest.hasNext() && (oldest.next().isBefore(old) || seen.size() >= REMEMBERED)) {
            oldest.remove();
        }
        return seen.putIfAbsent(message, now) == null;
    }

    private static Optional<Long> seconds(String text) {
        return text.matches("\\d{1,12}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
