package io.github.releasepipeline.dbscheduler;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.work.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Writes orders into the table: one for each release at most. */
final class Orders {
    static final String TASK = "release";

    private final SchedulerClient client;
    private final Clock clock;

    Orders(SchedulerClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Whether the order is in the table, or was carried out already, or a newer one is there; if not, the release is being driven. */
    boolean place(Run run) {
        if (client.scheduleIfNotExists(instance(run.release(), Order.drive(run.token())), clock.now())) {
            return true;
        }
        Optional<ScheduledExecution<Object>> found = client.getScheduledExecution(id(run.release()));
        if (found.isEmpty() || found.get().isPicked()) {
            return false;
        }
        // It waits for a time, or to be taken over. Whoever submits knows better, unless a run under this token
        // was lost: the answer to this order was lost then too, and that run may still go on.
        long token = ((Order) found.get().getData()).token();
        boolean isGone = token == run.token() && found.get().getConsecutiveFailures() > 0;
        return token > run.token()
                || isGone
                || client.reschedule(id(run.release()), clock.now(), Order.drive(run.token()));
    }

    /** Has a release taken over after a time at the latest, if there is no order for it until then, or only one that is outdated. */
    void takeOverAfter(Run lost, Duration time) {
        Instant then = clock.now().plus(time);
        Order order = Order.takeOver(lost.token());
        if (!client.scheduleIfNotExists(instance(lost.release(), order), then)) {
            client.getScheduledExecution(id(lost.release()))
                    .filter(found -> !found.isPicked() && ((Order) found.getData()).token() < lost.token())
                    .ifPresent(outdated ->
                            client.reschedule(id(lost.release()), earlier(outdated.getExecutionTime(), then), order));
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static TaskInstanceId id(ReleaseId release) {
        return TaskInstanceId.of(TASK, release.value());
    }

    private static TaskInstance<Order> instance(ReleaseId release, Order order) {
        return new TaskInstance.Builder<Order>(TASK, release.value())
                .data(order)
                .build();
    }
}
