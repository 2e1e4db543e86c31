package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.ROBOT;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static io.github.releasepipeline.core.machine.Samples.after;
import static io.github.releasepipeline.core.machine.Samples.number;
import static io.github.releasepipeline.core.machine.Samples.policy;
import static io.github.releasepipeline.core.machine.Samples.release;
import static io.github.releasepipeline.core.machine.Samples.requested;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.environment.Degradation;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.Hold;
import io.github.releasepipeline.environment.QueuedRelease;
import io.github.releasepipeline.policy.WindowState;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueRulesTest {
    private static final ReleaseId FIRST = new ReleaseId("r1");
    private static final ReleaseId SECOND = new ReleaseId("r2");
    private static final WindowState OPEN = new WindowState.Open(Optional.empty());
    private static final WindowState CLOSED = new WindowState.Closed("freeze", Optional.empty());

    private static final Optional<Hold> NO_HOLD = Optional.empty();
    private static final Optional<Degradation> SOUND = Optional.empty();
    private static final Optional<Degradation> HALF = Optional.of(new Degradation("half", List.of(), NOON));
    private static final Release PLAIN = queued(ALICE);
    private static final Release OVERRIDDEN = queued(ALICE, new ReleaseEvent.WindowOverridden());
    private static final Release FORCED = queued(ALICE, new ReleaseEvent.Forced(NOON));

    private static final QueuedRelease DEPLOY_1 = waiting(FIRST, ReleaseKind.DEPLOY);
    private static final QueuedRelease DEPLOY_2 = waiting(SECOND, ReleaseKind.DEPLOY);

    private static Environment environment(
            Optional<Hold> hold, Optional<Degradation> degradation, QueuedRelease... queue) {
        return new Environment(
                STAGING,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(queue),
                0,
                hold,
                degradation,
                Optional.empty());
    }

    private static QueuedRelease waiting(ReleaseId id, ReleaseKind kind) {
        return new QueuedRelease(id, number(1, 0, 0), kind);
    }

    private static Release queued(Actor by, ReleaseEvent... leave) {
        Release ready = after(release(requested(policy()), new ReleaseEvent.Readied()), ALICE, leave);
        return after(ready, by, new ReleaseEvent.Queued());
    }

    private static Optional<ReleaseId> next(
            Environment environment, WindowState window, Release first, Release second) {
        return QueueRules.next(environment, window, Map.of(FIRST, first, SECOND, second)::get);
    }

    @Test
    void the_first_that_waits_goes_first() {
        assertThat(next(environment(NO_HOLD, SOUND, DEPLOY_1, DEPLOY_2), OPEN, PLAIN, PLAIN))
                .contains(FIRST);
        assertThat(next(environment(NO_HOLD, SOUND), OPEN, OVERRIDDEN, PLAIN)).isEmpty();
    }

    @Test
    void a_closed_window_lets_only_what_has_leave_pass() {
        assertThat(next(environment(NO_HOLD, SOUND, DEPLOY_1, DEPLOY_2), CLOSED, PLAIN, PLAIN))
                .isEmpty();
        assertThat(next(environment(NO_HOLD, SOUND, DEPLOY_1, DEPLOY_2), CLOSED, PLAIN, OVERRIDDEN))
                .contains(SECOND);
    }

    @Test
    void a_degraded_environment_lets_what_was_forced_pass_while_its_window_is_open() {
        assertThat(next(environment(NO_HOLD, HALF, DEPLOY_1, DEPLOY_2), OPEN, PLAIN, FORCED))
                .contains(SECOND);
        assertThat(next(environment(NO_HOLD, HALF, DEPLOY_1, DEPLOY_2), CLOSED, PLAIN, FORCED))
                .isEmpty();
    }

    @Test
    void a_degraded_environment_lets_only_rollbacks_pass_whatever_was_overridden() {
        assertThat(next(environment(NO_HOLD, HALF, DEPLOY_1), OPEN, OVERRIDDEN, PLAIN))
                .isEmpty();
        QueuedRelease rollback = waiting(SECOND, ReleaseKind.ROLLBACK);
        assertThat(next(environment(NO_HOLD, HALF, rollback, DEPLOY_1), CLOSED, PLAIN, PLAIN))
                .contains(SECOND);
    }

    @Test
    void a_hold_keeps_back_what_automation_wants_started_and_nothing_else() {
        Optional<Hold> hold = Optional.of(new Hold(ALICE, "error rate", NOON));
        Release automatic = queued(ROBOT);
        assertThat(next(environment(hold, SOUND, DEPLOY_1), OPEN, automatic, PLAIN))
                .isEmpty();
        assertThat(next(environment(hold, SOUND, DEPLOY_1, DEPLOY_2), OPEN, automatic, PLAIN))
                .contains(SECOND);
        assertThat(next(environment(NO_HOLD, SOUND, DEPLOY_1), OPEN, automatic, PLAIN))
                .contains(FIRST);
        assertThat(next(environment(hold, SOUND, waiting(FIRST, ReleaseKind.ROLLBACK)), OPEN, automatic, PLAIN))
                .contains(FIRST);
    }
}
