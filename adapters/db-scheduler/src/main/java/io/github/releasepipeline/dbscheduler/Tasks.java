package io.github.releasepipeline.dbscheduler;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks.TaskBuilder;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.work.Run;
import io.github.releasepipeline.work.Runner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a node does with the rows that it holds. */
final class Tasks {
    private static final String TEND = "tend";
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final int DOUBLINGS = 7;

    private final Runner runner;
    private final Clock clock;
    private final Duration tending;
    private final Consumer<Duration> lookAfter;

    /**
     * @param tending how often somebody tends
     * @param lookAfter has this node look for due rows after a time
     */
    Tasks(Runner runner, Clock clock, Duration tending, Consumer<Duration> lookAfter) {
        this.runner = runner;
        this.clock = clock;
        this.tending = tending;
        this.lookAfter = lookAfter;
    }

    List<Task<?>> all() {
        return List.of(release(), tend());
    }

    /** One row for a release as long as it is driven or waits for a time. */
    private Task<Order> release() {
        return new TaskBuilder<>(Orders.TASK, Order.class)
                .onDeadExecution((dead, row) -> takeOverAfter(Duration.ZERO, dead, row))
                .onFailure((failed, row) -> takeOverAfter(wait(failed), failed, row))
                .execute((instance, context) -> drive(instance));
    }

    private CompletionHandler<Order> drive(TaskInstance<Order> instance) {
        Optional<Run> run = run(new ReleaseId(instance.getId()), instance.getData());
        Optional<Duration> again = run.flatMap(runner::run);
        return again.isEmpty()
                ? new CompletionHandler.OnCompleteRemove<>()
                : (complete, row) -> {
                    row.reschedule(
                            complete,
                            clock.now().plus(again.get()),
                            Order.drive(run.orElseThrow().token()));
                    lookAfter.accept(again.get());
                };
    }

    /** A runner that is gone may not be gone: it loses its token before somebody else begins. */
    private Optional<Run> run(ReleaseId release, Order order) {
        return switch (order.kind()) {
            case DRIVE -> Optional.of(new Run(release, order.token()));
            case TAKE_OVER -> runner.takeOver(release);
        };
    }

    private void takeOverAfter(Duration time, ExecutionComplete lost, ExecutionOperations<Order> row) {
        Order order = (Order) lost.getExecution().taskInstance.getData();
        row.reschedule(lost, clock.now().plus(time), Order.takeOver(order.token()));
        lookAfter.accept(time);
    }

    private static Duration wait(ExecutionComplete failed) {
        return FIRST_WAIT.multipliedBy(1L << Math.min(failed.getExecution().consecutiveFailures, DOUBLINGS));
    }

    /** One row for all nodes: whoever holds it tends. */
    private Task<Void> tend() {
        return new TaskBuilder<>(TEND, Void.class)
                .onDeadExecution((dead, row) -> row.reschedule(dead, clock.now()))
                .onFailure((failed, row) -> row.reschedule(failed, clock.now().plus(tending)))
                .execute((instance, context) -> {
                    runner.tend();
                    return (complete, row) ->
                            row.reschedule(complete, clock.now().plus(tending));
                });
    }

    static void orderTending(SchedulerClient client, Clock clock) {
        client.scheduleIfNotExists(new TaskInstance.Builder<Void>(TEND, "all").build(), clock.now());
    }
}
