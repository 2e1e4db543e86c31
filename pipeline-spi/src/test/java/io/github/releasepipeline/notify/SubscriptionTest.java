package io.github.releasepipeline.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.VersionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private static final DomainEvent SUCCEEDED = new ReleaseEvent.Succeeded(Duration.ZERO, List.of());
    private static final DomainEvent FAILED =
            new ReleaseEvent.Failed(Step.BACKUP, Duration.ZERO, FailureKind.FAILED, "disk full");
    private static final Notice PRODUCTION = notice(SUCCEEDED, Optional.of("production"));
    private static final Notice STAGING = notice(SUCCEEDED, Optional.of("staging"));
    private static final Notice PRODUCTION_FAILED = notice(FAILED, Optional.of("production"));
    private static final Notice PUBLISHED = notice(new VersionEvent.Published(), Optional.empty());

    @Test
    void everything_is_everything() {
        assertThat(List.of(PRODUCTION, STAGING, PRODUCTION_FAILED, PUBLISHED)).allMatch(Subscription.toEverything());
    }

    @Test
    void an_event_is_named_whole_or_by_its_beginning() {
        assertThat(Subscription.to("release.succeeded")).accepts(PRODUCTION).rejects(PRODUCTION_FAILED, PUBLISHED);
        assertThat(Subscription.to("release.*"))
                .accepts(PRODUCTION, PRODUCTION_FAILED)
                .rejects(PUBLISHED);
        assertThat(Subscription.to("release.succeeded", "version.*"))
                .accepts(PRODUCTION, PUBLISHED)
                .rejects(PRODUCTION_FAILED);
    }

    @Test
    void a_subscription_to_environments_leaves_out_what_concerns_others_or_none() {
        assertThat(Subscription.toEverything().in("production", "development"))
                .accepts(PRODUCTION)
                .rejects(STAGING, PUBLISHED);
    }

    @Test
    void a_subscription_may_leave_out_what_matters_less() {
        assertThat(Subscription.toEverything().atLeast(Severity.WARNING))
                .accepts(PRODUCTION_FAILED)
                .rejects(PRODUCTION, PUBLISHED);
        assertThat(Subscription.toEverything().atLeast(Severity.INFO)).accepts(PRODUCTION);
    }

    @Test
    void subscriptions_can_be_joined() {
        assertThat(Subscription.to("release.*").in("production").or(Subscription.to("version.published")))
                .accepts(PRODUCTION, PUBLISHED)
                .rejects(STAGING);
    }

    @Test
    void a_name_that_no_event_has_is_refused_with_those_that_there_are() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subscription.to("release.suceeded"))
                .withMessageContaining("'release.suceeded'")
                .withMessageContaining("release.succeeded")
                .withMessageContaining("pull-request.merged")
                .withMessageContaining("change-set.created")
                .withMessageContaining("version.published")
                .withMessageContaining("environment.degraded");
        assertThatIllegalArgumentException().isThrownBy(() -> Subscription.to("releases.*"));
        assertThatIllegalArgumentException().isThrownBy(() -> Subscription.to("release"));
    }

    @Test
    void a_subscription_does_not_change_with_the_sets_it_was_made_of() {
        Set<String> events = new HashSet<>(Set.of("release.failed"));
        Set<EnvironmentName> environments = new HashSet<>(Set.of(new EnvironmentName("production")));
        Subscription subscription = new Subscription(events, environments, Severity.DETAIL);
        events.clear();
        environments.clear();

        assertThat(subscription.events()).containsExactly("release.failed");
        assertThat(subscription.environments()).hasSize(1);
    }

    private static Notice notice(DomainEvent event, Optional<String> environment) {
        Stamp stamp = new Stamp(Actor.user("alice"), Instant.EPOCH, Optional.empty());
        return new Notice(
                AuditRecord.next(ChainHead.empty(), new ReleaseId("r-1"), "1", stamp, event),
                environment.map(EnvironmentName::new));
    }
}
