package io.github.releasepipeline.slack;

import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.notify.Bulletin;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.DomainEvent;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Keeps one message for each release in a channel, up to date while the release moves; what happens on the way stands in its
 * thread, and what went wrong is shown in the channel too. Other events are messages of their own. Made by {@link Slack#channel}.
 *
 * <p>Slack has no keys for messages: before it posts, it looks whether a message for the same thing is there, by the metadata
 * that it gives each. So there is exactly one, also when the process died after Slack took it.
 */
public final class SlackChannel implements Notifier {
    private final Settings settings;
    private final Conversation conversation;

    SlackChannel(Settings settings) {
        this.settings = settings;
        this.conversation = new Conversation(settings.api(), settings.channel(), settings.name());
    }

    /** What is chosen for a channel. */
    record Settings(
            String name,
            String channel,
            String token,
            URI base,
            HttpOptions options,
            Predicate<? super Notice> wanted,
            Function<String, Optional<URI>> links,
            Buttons buttons) {
        SlackApi api() {
            return new SlackApi(base, token, options);
        }
    }

    /** Whether messages ask. */
    enum Buttons {
        SHOWN,
        LEFT_OUT
    }

    /** The same under another name, for a second one in a pipeline. */
    public SlackChannel named(String value) {
        return new SlackChannel(new Settings(
                value,
                settings.channel,
                settings.token,
                settings.base,
                settings.options,
                settings.wanted,
                settings.links,
                settings.buttons));
    }

    /** The same, wanting other events: a {@code Subscription}, or several joined by {@code or}. */
    public SlackChannel wanting(Predicate<? super Notice> events) {
        return new SlackChannel(new Settings(
                settings.name,
                settings.channel,
                settings.token,
                settings.base,
                settings.options,
                events,
                settings.links,
                settings.buttons));
    }

    /**
     * The same, with a link in each message.
     *
     * @param toPage the page that shows a subject, given its reference ({@code release:…}), if there is one
     */
    public SlackChannel linking(Function<String, Optional<URI>> toPage) {
        return new SlackChannel(new Settings(
                settings.name,
                settings.channel,
                settings.token,
                settings.base,
                settings.options,
                settings.wanted,
                toPage,
                settings.buttons));
    }

    /** The same, with buttons to approve and reject while a release waits for it; {@link SlackApprovals} takes the answers. */
    public SlackChannel askingForApproval() {
        return new SlackChannel(new Settings(
                settings.name,
                settings.channel,
                settings.token,
                settings.base,
                settings.options,
                settings.wanted,
                settings.links,
                Buttons.SHOWN));
    }

    /** The same, at another address or with other time limits: for tests and proxies. */
    public SlackChannel at(URI base, HttpOptions options) {
        return new SlackChannel(new Settings(
                settings.name,
                settings.channel,
                settings.token,
                base,
                options,
                settings.wanted,
                settings.links,
                settings.buttons));
    }

    @Override
    public String name() {
        return settings.name;
    }

    @Override
    public boolean wants(Notice notice) {
        return settings.wanted.test(notice);
    }

    @Override
    public void deliver(Letter letter, Snapshots now) {
        Bulletin bulletin = Bulletin.of(letter, now);
        Optional<URI> link = settings.links.apply(bulletin.subject());
        Optional<Release> release = letter.release().flatMap(now::find).map(Stored::snapshot);
        if (release.isEmpty()) {
            conversation.say(letter, Message.ofEvent(bulletin, link));
            return;
        }
        boolean asking = settings.buttons == Buttons.SHOWN;
        String thread = conversation.show(release.get(), Message.ofRelease(bulletin, release.get(), link, asking));
        if (isMilestone(letter.record().event())) {
            conversation.reply(letter, thread, Message.ofMilestone(bulletin), bulletin.severity());
        }
    }

    SlackApi api() {
        return settings.api();
    }

    Clock clock() {
        return settings.options.clock();
    }

    /** What the message itself says, or will say in a moment, needs no line in its thread. */
    private static boolean isMilestone(DomainEvent event) {
        return !(event instanceof ReleaseEvent.Requested) && !(event instanceof ReleaseEvent.StepStarted);
    }
}
