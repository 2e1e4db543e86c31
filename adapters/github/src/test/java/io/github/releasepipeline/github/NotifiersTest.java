package io.github.releasepipeline.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.tck.SnapshotReader;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotifiersTest {
    private static final DomainEvent SUCCEEDED = new ReleaseEvent.Succeeded(Duration.ofSeconds(90), List.of());

    private final Forge forge = new Forge();
    private final SnapshotReader now = new SnapshotReader();

    @AfterEach
    void close() {
        forge.close();
    }

    @Test
    void a_version_that_is_published_becomes_a_release_once_its_tag_is_there() {
        GitHubReleaseNotifier notifier = new GitHubReleaseNotifier(forge.gitHub);
        Version version =
                Sample.version("v-1", Sample.number(1, 3, 0)).notes("## Impact").build();
        now.put(version.id(), version);
        Letter letter = letter(version.id(), new VersionEvent.Published());
        assertThat(notifier.wants(notice(letter))).isTrue();

        AdapterException early = catchThrowableOfType(AdapterException.class, () -> notifier.deliver(letter, now));
        forge.fake.tags.refs.put("refs/tags/v1.3.0", forge.fake.main);
        notifier.deliver(letter, now);
        notifier.deliver(letter, now);

        assertThat(early.retryable()).isTrue();
        assertThat(forge.fake.tags.releases.values()).singleElement().satisfies(release -> {
            assertThat(release.path("body").asText()).isEqualTo("## Impact");
            assertThat(release.path("draft").asBoolean()).isFalse();
        });
    }

    @Test
    void a_release_that_github_refuses_is_a_lasting_failure() {
        forge.fake.tags.burnt = "v1.3.0";
        forge.fake.tags.refs.put("refs/tags/v1.3.0", forge.fake.main);
        Version version = Sample.version("v-1", Sample.number(1, 3, 0)).build();
        now.put(version.id(), version);
        Letter letter = letter(version.id(), new VersionEvent.Published());

        AdapterException failure = catchThrowableOfType(
                AdapterException.class, () -> new GitHubReleaseNotifier(forge.gitHub).deliver(letter, now));

        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("immutable release");
    }

    @Test
    void a_deployment_shows_how_the_release_is_whichever_letter_comes_last() {
        GitHubDeploymentNotifier notifier = new GitHubDeploymentNotifier(forge.gitHub);
        Release release = Sample.release("r-1")
                .state(new ReleaseState.Succeeded(Sample.NOW))
                .build();
        now.put(release.id(), release);
        now.put(
                release.version(),
                Sample.version(release.version().value(), release.number()).build());
        Letter late = letter(release.id(), new ReleaseEvent.Rejected());

        notifier.deliver(letter(release.id(), SUCCEEDED), now);
        notifier.deliver(late, now);

        assertThat(forge.fake.deployments.deployments).hasSize(1);
        assertThat(forge.fake.deployments.statuses.values())
                .singleElement()
                .satisfies(statuses -> assertThat(statuses)
                        .extracting(status -> status.path("state").asText())
                        .containsExactly("success"));
    }

    @Test
    void what_is_not_found_any_more_is_shown_nowhere() {
        Letter letter = letter(Sample.release("r-unknown").build().id(), SUCCEEDED);

        new GitHubDeploymentNotifier(forge.gitHub).deliver(letter, now);

        assertThat(forge.server.exchanges()).isEmpty();
    }

    @Test
    void each_wants_its_own_events_only() {
        Letter release = letter(Sample.release("r-1").build().id(), SUCCEEDED);

        assertThat(new GitHubDeploymentNotifier(forge.gitHub).wants(notice(release)))
                .isTrue();
        assertThat(new GitHubReleaseNotifier(forge.gitHub).wants(notice(release)))
                .isFalse();
    }

    private static Letter letter(SubjectId<?> subject, DomainEvent event) {
        Stamp stamp = new Stamp(Sample.ALICE, Sample.NOW, Optional.empty());
        return new Letter("github", AuditRecord.next(ChainHead.empty(), subject, "record", stamp, event), 0);
    }

    private static Notice notice(Letter letter) {
        return new Notice(letter.record(), Optional.empty());
    }
}
