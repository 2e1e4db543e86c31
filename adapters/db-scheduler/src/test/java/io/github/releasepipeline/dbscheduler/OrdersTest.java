package io.github.releasepipeline.dbscheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.tck.ScriptedRunner;
import io.github.releasepipeline.work.Run;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Orders in a table that no node looks into. */
@Timeout(120)
class OrdersTest {
    private static final ReleaseId RELEASE = new ReleaseId("r1");
    private static final String TABLE = "release_pipeline_work";
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final Tasks TASKS = new Tasks(new ScriptedRunner(), () -> NOW, LATER, time -> {});

    private String database;
    private Orders orders;
    private SchedulerClient client;

    @BeforeEach
    void make() throws SQLException {
        database = Postgres.fresh();
        WorkTable.make(Postgres.plain(database), TABLE);
        client = SchedulerClient.Builder.create(Postgres.plain(database), TASKS.all())
                .tableName(TABLE)
                .serializer(Order.TEXT)
                .build();
        orders = new Orders(client, () -> NOW);
    }

    @Test
    void an_order_that_comes_after_a_look_is_carried_out_at_once_and_under_its_token() {
        orders.takeOverAfter(new Run(RELEASE, 7), LATER);
        assertThat(orders.place(new Run(RELEASE, 7))).isTrue();
        assertThat(row().getData()).isEqualTo(Order.drive(7));
        assertThat(row().getExecutionTime()).isEqualTo(NOW);
    }

    @Test
    void an_order_that_comes_again_leaves_a_takeover_of_its_lost_run_alone() throws SQLException {
        lost(7, NOW);
        assertThat(orders.place(new Run(RELEASE, 7))).isTrue();
        assertThat(row().getData()).isEqualTo(Order.takeOver(7));
        assertThat(row().getExecutionTime()).isEqualTo(NOW);
    }

    @Test
    void a_newer_order_takes_the_place_of_a_takeover() throws SQLException {
        lost(7, NOW.plus(LATER));
        assertThat(orders.place(new Run(RELEASE, 8))).isTrue();
        assertThat(row().getData()).isEqualTo(Order.drive(8));
        assertThat(row().getExecutionTime()).isEqualTo(NOW);
    }

    @Test
    void a_look_does_not_postpone_a_takeover_that_is_due() throws SQLException {
        lost(7, NOW.minus(LATER));
        orders.takeOverAfter(new Run(RELEASE, 8), LATER);
        assertThat(row().getData()).isEqualTo(Order.takeOver(8));
        assertThat(row().getExecutionTime()).isEqualTo(NOW.minus(LATER));
    }

    @Test
    void a_look_does_not_wait_for_an_outdated_order_that_is_due_much_later() {
        client.reschedule(placed(7), NOW.plus(Duration.ofHours(1)));
        orders.takeOverAfter(new Run(RELEASE, 8), LATER);
        assertThat(row().getData()).isEqualTo(Order.takeOver(8));
        assertThat(row().getExecutionTime()).isEqualTo(NOW.plus(LATER));
    }

    private TaskInstanceId placed(long token) {
        assertThat(orders.place(new Run(RELEASE, token))).isTrue();
        return TaskInstanceId.of(Orders.TASK, RELEASE.value());
    }

    /** As it is left when who drove the release is thought to be dead. */
    private void lost(long token, Instant due) throws SQLException {
        client.reschedule(placed(token), due, Order.takeOver(token));
        Postgres.sql(database, "update " + TABLE + " set consecutive_failures = 1");
    }

    private ScheduledExecution<Object> row() {
        return client.getScheduledExecution(TaskInstanceId.of(Orders.TASK, RELEASE.value()))
                .orElseThrow();
    }
}
