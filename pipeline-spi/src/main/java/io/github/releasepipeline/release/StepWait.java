package io.github.releasepipeline.release;

import java.time.Duration;
import java.time.Instant;

/**
 * A step's wait for its next move: another try, or another question to the target. No thread waits. When a quality gate
 * is sampled next follows from its {@link GateRun} instead.
 *
 * @param number which wait of this execution of the step, from 1
 * @param since when it began, by the clock of the node that decided it
 * @param until when the next move is due
 * @param waited this wait and those before it, added up
 * @param why what it waits for, one line
 */
public record StepWait(int number, Instant since, Instant until, Duration waited, String why) {
    /**
     * Whether the wait is over. A clock that shows a time before the wait could have begun was put back: then it is over
     * too, so that nobody waits for the clock to come round again.
     *
     * @param now by any node's clock
     */
    public boolean isOver(Instant now) {
        Duration length = Duration.between(since, until);
        return !now.isBefore(until) || now.isBefore(since.minus(length));
    }
}
