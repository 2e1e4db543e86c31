package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static io.github.releasepipeline.core.machine.Samples.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.environment.Degradation;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.QueuedRelease;
import io.github.releasepipeline.policy.WindowState;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueRulesTest {
    private static final ReleaseId FIRST = new ReleaseId("r1");
    private static final ReleaseId SECOND = new ReleaseId("r2");
    private static final WindowState OPEN = new WindowState.Open(Optional.empty());
    private static final WindowState CLOSED = new WindowState.Closed("freeze", Optional.empty());

    private static Environment environment(boolean degraded, QueuedRelease... queue) {
        return new Environment(
                STAGING,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(queue),
                0,
                Optional.empty(),
                degraded ? Optional.of(new Degradation("half", List.of(), NOON)) : Optional.empty(),
                Optional.empty());
    }

    private static QueuedRelease queued(ReleaseId id, ReleaseKind kind) {
        return new QueuedRelease(id, number(1, 0, 0), kind);
    }

    private static final QueuedRelease DEPLOY_1 = queued(FIRST, ReleaseKind.DEPLOY);
    private static final QueuedRelease DEPLOY_2 = queued(SECOND, ReleaseKind.DEPLOY);

    @Test
    void the_first_that_waits_goes_first() {
        assertThat(QueueRules.next(environment(false, DEPLOY_1, DEPLOY_2), OPEN, id -> false, id -> false))
                .contains(FIRST);
        assertThat(QueueRules.next(environment(false), OPEN, id -> true, id -> false))
                .isEmpty();
    }

    @Test
    void a_closed_window_lets_only_what_has_leave_pass() {
        assertThat(QueueRules.next(environment(false, DEPLOY_1, DEPLOY_2), CLOSED, id -> false, id -> false))
                .isEmpty();
        assertThat(QueueRules.next(environment(false, DEPLOY_1, DEPLOY_2), CLOSED, SECOND::equals, id -> false))
                .contains(SECOND);
    }

    @Test
    void a_degraded_environment_lets_what_was_forced_pass_while_its_window_is_open() {
        assertThat(QueueRules.next(environment(true, DEPLOY_1, DEPLOY_2), OPEN, id -> false, SECOND::equals))
                .contains(SECOND);
        assertThat(QueueRules.next(environment(true, DEPLOY_1, DEPLOY_2), CLOSED, id -> false, SECOND::equals))
                .isEmpty();
    }

    @Test
    void a_degraded_environment_lets_only_rollbacks_pass_whatever_was_overridden() {
        assertThat(QueueRules.next(environment(true, DEPLOY_1), OPEN, id -> true, id -> false))
                .isEmpty();
        QueuedRelease rollback = queued(SECOND, ReleaseKind.ROLLBACK);
        assertThat(QueueRules.next(environment(true, rollback, DEPLOY_1), CLOSED, id -> false, id -> false))
                .contains(SECOND);
    }
}
