package io.github.releasepipeline.slack;

import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.notify.Severity;
import io.github.releasepipeline.notify.Subscription;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The two ways into Slack. */
public final class Slack {
    private static final URI API = URI.create("https://slack.com/api");

    private Slack() {}

    /**
     * A channel by a bot: one message for each release, kept up to date. Named {@code slack}; wants everything of releases, and
     * of versions and environments what matters.
     *
     * <p>The app needs the scopes {@code chat:write}, {@code channels:history} ({@code groups:history} for private channels), and
     * {@code channels:read} ({@code groups:read}) if the channel is given by its name.
     *
     * @param channel id ({@code C0123ABCD}), or name ({@code #releases}); the app has to be in it
     * @param botToken {@code xoxb-…}; kept out of messages and logs
     */
    public static SlackChannel channel(String channel, String botToken) {
        if (!channel.matches("#[^\\s#]{1,80}|[CGD][A-Z0-9]{2,20}")) {
            throw new IllegalArgumentException(
                    "A Slack channel is an id like C0123ABCD or a name like #releases, not '" + channel + "'");
        }
        return new SlackChannel(new SlackChannel.Settings(
                "slack",
                channel,
                botToken,
                API,
                patient(),
                Subscription.to("release.*")
                        .or(Subscription.to("version.*", "environment.*").atLeast(Severity.INFO)),
                subject -> Optional.empty(),
                SlackChannel.Buttons.LEFT_OUT));
    }

    /**
     * An incoming web hook: it can post but neither change nor find what it posted, so there is a message for each event it
     * wants, and possibly the same one again after a lost connection. Named {@code slack}; wants every event but details.
     *
     * @param address {@code https://hooks.slack.com/services/…}; a secret, kept out of messages and logs
     */
    public static SlackIncomingWebhook incomingWebhook(URI address) {
        return new SlackIncomingWebhook(
                "slack",
                address,
                patient(),
                Subscription.toEverything().atLeast(Severity.INFO),
                subject -> Optional.empty());
    }

    /** A delivery takes four calls at most, and a minute altogether. */
    private static HttpOptions patient() {
        return HttpOptions.standard()
                .headersTimeout(Duration.ofSeconds(10))
                .bodyTimeout(Duration.ofSeconds(10))
                .patience(Duration.ofSeconds(15));
    }
}
