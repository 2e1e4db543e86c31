package io.github.releasepipeline.core.deployment;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Begins short work at a time of the pipeline's clock, on one daemon thread. A clock that is put forward lets it begin
 * earlier; one that is put back does not hold it up.
 */
final class ClockAlarms implements Alarms {
    /** How soon it is noticed that somebody moved the clock. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, ClockAlarms::thread);
    private final Supplier<Instant> clock;

    ClockAlarms(Supplier<Instant> clock) {
        this.clock = clock;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void at(Instant time, Runnable work) {
        look(time, Duration.between(clock.get(), time), work);
    }

    private void look(Instant time, Duration left, Runnable work) {
        Duration sleep = left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN;
        try {
            ScheduledFuture<?> unused =
                    thread.schedule(() -> ring(time, left, work), sleep.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            if (!thread.isShutdown()) {
                throw e;
            }
        }
    }

    private void ring(Instant time, Duration left, Runnable work) {
        if (left.compareTo(LOOK_AGAIN) <= 0 || !clock.get().isBefore(time)) {
            work.run();
        } else {
            look(time, left.minus(LOOK_AGAIN), work);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "release-pipeline-alarms");
        thread.setDaemon(true);
        return thread;
    }
}
