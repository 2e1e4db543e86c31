package io.github.releasepipeline.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Authorization;
import io.github.releasepipeline.http.Call;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Dialect;
import io.github.releasepipeline.http.HttpApi;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.http.Reply;
import io.github.releasepipeline.notify.Bulletin;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Posts a message for each event by an incoming web hook. Made by {@link Slack#incomingWebhook}. Immutable. */
public final class SlackIncomingWebhook implements Notifier {
    private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);

    private final String name;
    private final URI address;
    private final HttpOptions options;
    private final Predicate<? super Notice> wanted;
    private final Function<String, Optional<URI>> links;
    private final HttpApi api;

    SlackIncomingWebhook(
            String name,
            URI address,
            HttpOptions options,
            Predicate<? super Notice> wanted,
            Function<String, Optional<URI>> links) {
        this.name = name;
        this.address = address;
        this.options = options;
        this.wanted = wanted;
        this.links = links;
        this.api = new HttpApi(address, new Words(), Authorization.none(), options);
    }

    /** The same under another name, for a second one in a pipeline. */
    public SlackIncomingWebhook named(String value) {
        return new SlackIncomingWebhook(value, address, options, wanted, links);
    }

    /** The same, wanting other events: a {@code Subscription}, or several joined by {@code or}. */
    public SlackIncomingWebhook wanting(Predicate<? super Notice> events) {
        return new SlackIncomingWebhook(name, address, options, events, links);
    }

    /**
     * The same, with a link in each message.
     *
     * @param toPage the page that shows a subject, given its reference ({@code release:…}), if there is one
     */
    public SlackIncomingWebhook linking(Function<String, Optional<URI>> toPage) {
        return new SlackIncomingWebhook(name, address, options, wanted, toPage);
    }

    /** The same with other time limits. */
    public SlackIncomingWebhook options(HttpOptions value) {
        return new SlackIncomingWebhook(name, address, value, wanted, links);
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
        Bulletin bulletin = Bulletin.of(letter, now);
        ObjectNode message = Message.ofEvent(bulletin, links.apply(bulletin.subject()));
        Call call = new Call("POST", "", Map.of(), Optional.of(message), MOVED, false, false);
        Reply reply = api.send(call, Deadline.in(options.patience(), options.clock()));
        if (reply.status() / 100 == 3) { // where to is not told: it may repeat the address, which is a secret
            throw AdapterException.lasting("The Slack web hook has moved; give its new address", null);
        }
        if (!reply.text().strip().equals("ok")) {
            throw AdapterException.passing(
                    "The Slack web hook did not answer ok but something else; is a proxy in between?", null);
        }
    }

    /** The body says in one word what is wrong: {@code channel_is_archived}, {@code invalid_token}. */
    private record Words() implements Dialect {
        @Override
        public String name() {
            return "The Slack web hook";
        }

        @Override
        public Optional<String> explanation(Reply reply) {
            return Optional.of(reply.text().strip()).filter(text -> text.matches("[a-z_]{1,50}"));
        }
    }
}
