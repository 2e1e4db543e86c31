package io.github.releasepipeline.core.environment;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.MANIFEST;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static io.github.releasepipeline.core.machine.Samples.by;
import static io.github.releasepipeline.core.machine.Samples.number;
import static io.github.releasepipeline.core.machine.Samples.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Degradation;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.environment.Hold;
import io.github.releasepipeline.environment.QueuedRelease;
import io.github.releasepipeline.environment.Watch;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.version.VersionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EnvironmentMachineTest {
    private static final EnvironmentId ID = new EnvironmentId(STAGING);

    private static Environment after(EnvironmentEvent... events) {
        Optional<Environment> now = Optional.empty();
        for (EnvironmentEvent event : events) {
            now = Optional.of(EnvironmentMachine.MACHINE.fold(ID, now, event, by(ALICE, "why")));
        }
        return now.orElseThrow();
    }

    private static EnvironmentEvent enqueued(String release, ReleaseKind kind) {
        return new EnvironmentEvent.Enqueued(new ReleaseId(release), number(1, 0, 0), kind);
    }

    private static EnvironmentEvent taken(String release, long token) {
        return new EnvironmentEvent.SlotTaken(new ReleaseId(release), token);
    }

    private static EnvironmentEvent takenOver(String release, long token) {
        return new EnvironmentEvent.SlotTakenOver(new ReleaseId(release), token);
    }

    private static EnvironmentEvent freed(String release) {
        return new EnvironmentEvent.SlotFreed(new ReleaseId(release));
    }

    private static EnvironmentEvent activated(String version) {
        return new EnvironmentEvent.Activated(
                new ReleaseId("r of " + version), new VersionId(version), number(1, 0, 0), MANIFEST, Optional.empty());
    }

    private static EnvironmentEvent rolledBackTo(String version) {
        return new EnvironmentEvent.RolledBackTo(
                new ReleaseId("back to " + version), new VersionId(version), number(1, 0, 0), MANIFEST);
    }

    private static List<String> former(Environment environment) {
        return environment.former().stream()
                .map(active -> active.version().value())
                .toList();
    }

    @Test
    void releases_wait_in_order_and_rollbacks_ahead_of_them_in_theirs() {
        Environment environment = after(
                enqueued("d1", ReleaseKind.DEPLOY),
                enqueued("b1", ReleaseKind.ROLLBACK),
                enqueued("d2", ReleaseKind.DEPLOY),
                enqueued("b2", ReleaseKind.ROLLBACK));
        assertThat(environment.queue().stream().map(waiting -> waiting.release().value()))
                .containsExactly("b1", "b2", "d1", "d2");
        assertThat(environment.queue().get(0))
                .isEqualTo(new QueuedRelease(new ReleaseId("b1"), number(1, 0, 0), ReleaseKind.ROLLBACK));
    }

    @Test
    void who_gets_the_slot_or_goes_away_does_not_wait_any_more() {
        EnvironmentEvent first = enqueued("d1", ReleaseKind.DEPLOY);
        EnvironmentEvent second = enqueued("d2", ReleaseKind.DEPLOY);
        assertThat(after(first, second, taken("d1", 1)).queue()).hasSize(1);
        assertThat(after(first, second, taken("d1", 1)).running()).contains(new ReleaseId("d1"));
        assertThat(after(first, second, new EnvironmentEvent.Dequeued(new ReleaseId("d2")))
                        .queue())
                .extracting(waiting -> waiting.release().value())
                .containsExactly("d1");
    }

    @Test
    void the_slot_is_taken_once_with_a_higher_token_each_time() {
        Environment environment = after(taken("r1", 1), takenOver("r1", 2), freed("r1"), taken("r2", 3));
        assertThat(environment.running()).contains(new ReleaseId("r2"));
        assertThat(environment.fencingToken()).isEqualTo(3);
        assertThat(after(taken("r1", 1), freed("r1")).running()).isEmpty();
        assertThat(after(taken("r1", 1), freed("r1")).fencingToken()).isEqualTo(1);
    }

    @Test
    void what_breaks_the_order_of_the_slot_is_a_defect() {
        defect(taken("r1", 1), taken("r2", 2));
        defect(taken("r1", 0));
        defect(taken("r1", 1), freed("r1"), taken("r2", 1));
        defect(taken("r1", 1), takenOver("r2", 2));
        defect(taken("r1", 1), takenOver("r1", 1));
        defect(takenOver("r1", 1));
        defect(freed("r1"));
        defect(taken("r1", 1), freed("r2"));
    }

    private static void defect(EnvironmentEvent... events) {
        assertThatThrownBy(() -> after(events))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot happen: environment staging runs ");
    }

    @Test
    void what_is_not_watched_is_verified_when_it_is_activated() {
        Environment environment = after(activated("a"));
        assertThat(environment.active()).flatMap(ActiveVersion::verified).contains(NOON);
        assertThat(environment.watch()).isEmpty();
    }

    @Test
    void what_is_watched_is_verified_when_that_is_said() {
        Environment environment = after(activated("a"), watched("b"));
        assertThat(environment.active()).flatMap(ActiveVersion::verified).isEmpty();
        assertThat(environment.watch()).contains(new Watch(new ReleaseId("r of b"), NOON, NOON.plusSeconds(600)));

        Environment verified = after(watched("b"), new EnvironmentEvent.Verified(new ReleaseId("r of b")));
        assertThat(verified.active()).flatMap(ActiveVersion::verified).contains(NOON);
        assertThat(verified.active()).map(ActiveVersion::version).contains(new VersionId("b"));
        assertThat(verified.watch()).isEmpty();

        Environment failed = after(watched("b"), failed("r of b"));
        assertThat(failed.active()).flatMap(ActiveVersion::verified).isEmpty();
        assertThat(failed.watch()).isEmpty();
    }

    @Test
    void what_is_said_of_another_release_verifies_nothing() {
        Environment environment =
                after(watched("b"), new EnvironmentEvent.Verified(new ReleaseId("other")), failed("other"));
        assertThat(environment.active()).flatMap(ActiveVersion::verified).isEmpty();
        assertThat(environment.watch()).isPresent();
    }

    @Test
    void what_is_activated_or_gone_back_to_ends_the_watch_of_what_was_before() {
        assertThat(after(watched("a"), watched("b")).watch())
                .map(Watch::release)
                .contains(new ReleaseId("r of b"));
        assertThat(after(watched("a"), activated("b")).watch()).isEmpty();
        assertThat(after(activated("a"), watched("b"), rolledBackTo("a")).watch())
                .isEmpty();
    }

    @Test
    void what_was_verified_before_still_is_when_it_is_gone_back_to() {
        assertThat(after(activated("a"), watched("b"), rolledBackTo("a")).active())
                .flatMap(ActiveVersion::verified)
                .contains(NOON);
        assertThat(after(watched("a"), activated("b"), rolledBackTo("a")).active())
                .flatMap(ActiveVersion::verified)
                .isEmpty();
    }

    private static EnvironmentEvent watched(String version) {
        return new EnvironmentEvent.Activated(
                new ReleaseId("r of " + version),
                new VersionId(version),
                number(1, 0, 0),
                MANIFEST,
                Optional.of(Duration.ofMinutes(10)));
    }

    private static EnvironmentEvent failed(String release) {
        return new EnvironmentEvent.VerificationFailed(new ReleaseId(release), FailureKind.FAILED, "unhealthy");
    }

    @Test
    void what_was_active_is_remembered_newest_first_and_each_version_once() {
        Environment environment = after(activated("a"), activated("b"), activated("c"), activated("a"));
        assertThat(environment.active())
                .contains(new ActiveVersion(
                        new VersionId("a"),
                        number(1, 0, 0),
                        MANIFEST,
                        new ReleaseId("r of a"),
                        NOON,
                        Optional.of(NOON)));
        assertThat(former(environment)).containsExactly("c", "b");
        assertThat(former(after(activated("a"), activated("a")))).isEmpty();
    }

    @Test
    void no_more_than_fifty_former_versions_are_remembered() {
        Environment environment = after(
                IntStream.rangeClosed(0, 55).mapToObj(i -> activated("v" + i)).toArray(EnvironmentEvent[]::new));
        assertThat(former(environment))
                .hasSize(Environment.REMEMBERED)
                .startsWith("v54")
                .endsWith("v5");
    }

    @Test
    void going_back_forgets_what_was_rolled_away_from() {
        Environment environment = after(activated("a"), activated("b"), activated("c"), rolledBackTo("b"));
        assertThat(environment.active().map(active -> active.version().value())).contains("b");
        assertThat(environment.active().map(active -> active.release().value())).contains("back to b");
        assertThat(former(environment)).containsExactly("a");
        assertThat(former(after(activated("a"), activated("b"), rolledBackTo("a"))))
                .isEmpty();
        assertThat(former(after(activated("a"), activated("b"), rolledBackTo("x"))))
                .containsExactly("a");
    }

    @Test
    void holds_and_degradations_come_with_who_and_why_and_go() {
        ItemId item = new ItemId("workflow", "a");
        Environment held = after(new EnvironmentEvent.HoldPlaced());
        assertThat(held.hold()).contains(new Hold(ALICE, "why", NOON));
        assertThat(after(new EnvironmentEvent.HoldPlaced(), new EnvironmentEvent.HoldLifted())
                        .hold())
                .isEmpty();
        Environment degraded = after(new EnvironmentEvent.Degraded("half restored", List.of(item)));
        assertThat(degraded.degradation()).contains(new Degradation("half restored", List.of(item), NOON));
        assertThat(after(new EnvironmentEvent.Degraded("x", List.of()), new EnvironmentEvent.Repaired())
                        .degradation())
                .isEmpty();
    }

    @Test
    void what_could_not_be_put_back_before_is_not_forgotten_with_the_next_failure() {
        ItemId one = new ItemId("workflow", "a");
        ItemId other = new ItemId("workflow", "b");
        Environment degraded = after(
                new EnvironmentEvent.Degraded("half restored", List.of(one)),
                new EnvironmentEvent.Degraded("half rolled back", List.of(other, one)));
        assertThat(degraded.degradation()).contains(new Degradation("half rolled back", List.of(one, other), NOON));
        assertThat(after(
                                new EnvironmentEvent.Degraded("half restored", List.of(one)),
                                new EnvironmentEvent.Repaired(),
                                new EnvironmentEvent.Degraded("half rolled back", List.of(other)))
                        .degradation())
                .contains(new Degradation("half rolled back", List.of(other), NOON));
    }

    @Test
    void wired_environments_keep_their_order_and_name_themselves_when_one_is_missed() {
        WiredEnvironments wired = new WiredEnvironments(Stream.of("test", "staging", "production")
                .map(name -> new WiredEnvironment(new EnvironmentName(name), policy(), new ScriptedTarget(), Map.of()))
                .toList());
        assertThat(wired.all())
                .extracting(environment -> environment.name().value())
                .containsExactly("test", "staging", "production");
        assertThat(wired.get(STAGING).id()).isEqualTo(ID);
        assertThatThrownBy(() -> wired.get(new EnvironmentName("prod")))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no environment 'prod' among '[test, staging, production]'");
    }
}
