package io.github.releasepipeline.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Authorization;
import io.github.releasepipeline.http.Call;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Dialect;
import io.github.releasepipeline.http.HttpApi;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.Reply;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.notify.Subscription;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Posts each event it wants as a CloudEvent (structured JSON) that carries a CDEvent where CDEvents has a type for it, signed
 * as Standard Webhooks says. Any answer of 2xx means that it arrived. A message that is sent again has the same
 * {@code webhook-id} and the same {@code id}. Immutable.
 *
 * <p>Two secrets may be active at once: each message has a signature by both, so receivers change theirs in their own time.
 */
public final class Webhook implements Notifier {
    private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);

    private final String name;
    private final URI address;
    private final List<SigningSecret> secrets;
    private final CloudEvents events;
    private final Predicate<? super Notice> wanted;
    private final HttpOptions options;
    private final HttpApi api;

    private Webhook(
            String name,
            URI address,
            List<SigningSecret> secrets,
            CloudEvents events,
            Predicate<? super Notice> wanted,
            HttpOptions options) {
        this.name = name;
        this.address = address;
        this.secrets = secrets;
        this.events = events;
        this.wanted = wanted;
        this.options = options;
        this.api = new HttpApi(withoutQuery(address), dialect(name), Authorization.none(), options);
    }

    /**
     * A notifier named {@code webhook} that wants every event.
     *
     * @param address where to post; its path and query are kept out of messages and logs
     * @param secrets one, or two while they are changed
     */
    public static Webhook to(URI address, SigningSecret... secrets) {
        if (secrets.length < 1 || secrets.length > 2) {
            throw new IllegalArgumentException("A web hook has one signing secret, or two while they are changed");
        }
        return new Webhook(
                "webhook",
                address,
                List.of(secrets),
                new CloudEvents(URI.create("/release-pipeline"), "items"),
                Subscription.toEverything(),
                HttpOptions.standard().patience(Duration.ofSeconds(50)));
    }

    /** The same under another name, for a second one in a pipeline. */
    public Webhook named(String value) {
        return new Webhook(value, address, secrets, events, wanted, options);
    }

    /** The same, wanting other events: a {@link Subscription}, or several joined by {@code or}. */
    public Webhook wanting(Predicate<? super Notice> notices) {
        return new Webhook(name, address, secrets, events, notices, options);
    }

    /**
     * The same, saying who it is in its events.
     *
     * @param source the pipeline, unique among all that send to this receiver
     * @param service what the pipeline delivers, as CDEvents' service and artifact name it: {@code a-z 0-9 . _ -}
     */
    public Webhook speakingFor(URI source, String service) {
        return new Webhook(name, address, secrets, new CloudEvents(source, service), wanted, options);
    }

    /** The same with other time limits. */
    public Webhook options(HttpOptions value) {
        return new Webhook(name, address, secrets, events, wanted, value);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean wants(Notice notice) {
        return wanted.test(notice);
    }

    @Override
    public void deliver(Letter letter, Snapshots now) {
        JsonNode event = events.of(letter.record(), now);
        byte[] body = Json.write(event);
        String id = "msg_" + Digest.of(letter.key()).hex().substring(0, 32);
        long seconds = options.clock().instant().getEpochSecond();
        String signatures =
                secrets.stream().map(secret -> secret.sign(id, seconds, body)).collect(Collectors.joining(" "));
        String query = Optional.ofNullable(address.getRawQuery())
                .map(text -> "?" + text)
                .orElse("");
        Call call = new Call("POST", query, Map.of(), Optional.of(event), MOVED, false, false)
                .header("Content-Type", "application/cloudevents+json; charset=utf-8")
                .header("webhook-id", id)
                .header("webhook-timestamp", String.valueOf(seconds))
                .header("webhook-signature", signatures);
        Reply reply = api.send(call, Deadline.in(options.patience(), options.clock()));
        if (reply.status() / 100 == 3) { // where to is not told: it may repeat the address, which may be a secret
            throw AdapterException.lasting(
                    "The receiver of '" + name + "' answered " + reply.status()
                            + ": it has moved; give its new address",
                    null);
        }
    }

    private static URI withoutQuery(URI address) {
        String text = address.toString();
        int query = text.indexOf('?');
        return query < 0 ? address : URI.create(text.substring(0, query));
    }

    private static Dialect dialect(String name) {
        return () -> "The receiver of '" + name + "'";
    }
}
