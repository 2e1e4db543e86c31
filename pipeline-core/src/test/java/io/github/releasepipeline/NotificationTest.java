package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.notify.Subscription;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What notifiers hear of releases. */
class NotificationTest {
    private static final Subscription WANTED = Subscription.to(
                    "release.requested", "release.readied", "release.attempt-started", "release.succeeded")
            .in("development");

    private final PipelineFixture fixture = new PipelineFixture();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch succeeded = new CountDownLatch(1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_notifier_hears_what_it_wants_in_order() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.notifier(notifier(letter -> {})));
        // when
        fixture.deployed(pipeline, fixture.version(pipeline), "development");
        // then
        PipelineFixture.await(succeeded);
        assertThat(heard)
                .containsExactly(
                        "release.requested", "release.readied", "release.attempt-started", "release.succeeded");
    }

    @Test
    void a_release_succeeds_though_its_notifier_is_down() {
        // given
        CountDownLatch tried = new CountDownLatch(1);
        Pipeline pipeline = fixture.start(wiring -> wiring.notifier(notifier(letter -> {
            tried.countDown();
            throw AdapterException.passing("503", null);
        })));
        // when
        fixture.deployed(pipeline, fixture.version(pipeline), "development");
        // then
        PipelineFixture.await(tried);
        assertThat(heard).isEmpty();
    }

    @Test
    void what_a_process_recorded_before_it_died_is_told_by_the_next() {
        // given
        FaultyStore store = new FaultyStore(fixture.memory);
        Pipeline first = fixture.start(
                store,
                wiring -> wiring.notifier(notifier(letter -> {
                    throw AdapterException.passing("not yet", null);
                })));
        Version version = fixture.version(first);
        ReleaseId id = fixture.approved(first, version, "development");
        first.close();
        fixture.clock.advance(Duration.ofHours(1));
        // when
        Pipeline second = fixture.start(wiring -> wiring.notifier(notifier(letter -> {})));
        second.as(ALICE).releases().deploy(id).await(LONG);
        // then
        PipelineFixture.await(succeeded);
        assertThat(heard)
                .containsExactly(
                        "release.requested", "release.readied", "release.attempt-started", "release.succeeded");
    }

    private Notifier notifier(Consumer<Letter> first) {
        return new Notifier() {
            @Override
            public String name() {
                return "chat";
            }

            @Override
            public boolean wants(Notice notice) {
                return WANTED.test(notice);
            }

            @Override
            public void deliver(Letter letter, Snapshots now) {
                first.accept(letter);
                heard.add(letter.record().event().name());
                if (letter.record().event() instanceof ReleaseEvent.Succeeded) {
                    succeeded.countDown();
                }
            }
        };
    }
}
