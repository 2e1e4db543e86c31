package io.github.releasepipeline.examples.benchmarks.lifecycle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEventType;
import org.flowable.common.engine.api.delegate.event.FlowableEvent;
import org.flowable.common.engine.api.delegate.event.FlowableEventListener;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.engine.delegate.event.FlowableProcessEngineEvent;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.engine.runtime.ProcessInstance;
import org.flowable.task.api.Task;

/**
 * Flowable: user tasks for the two approvals and the order to deploy, a service task with a transaction of its own for each
 * step, history as it is by default, and a log row in the transaction of each step. What is released, and what people say of
 * it, are variables, so that its history tells what an audit trail has to.
 */
final class Flowable implements Contender {
    private static final int MOST_THREADS = 16;
    private static final Map<String, Object> APPROVAL = Map.of("decision", "approved", "comment", "looks good");

    private final ProcessEngine engine;
    private final Map<String, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();

    Flowable(DataSource database) throws SQLException {
        StepRecords.create(database);
        StandaloneProcessEngineConfiguration wiring = new StandaloneProcessEngineConfiguration();
        wiring.setDataSource(database);
        wiring.setDatabaseSchemaUpdate("true");
        wiring.setHistoryLevel(HistoryLevel.AUDIT);
        wiring.setAsyncExecutorActivate(true);
        wiring.setAsyncExecutorCorePoolSize(MOST_THREADS);
        wiring.setAsyncExecutorMaxPoolSize(MOST_THREADS);
        wiring.setDisableIdmEngine(true);
        wiring.setDisableEventRegistry(true);
        wiring.setTypedEventListeners(
                Map.of(FlowableEngineEventType.PROCESS_COMPLETED.name(), List.of(new Ended(running))));
        engine = wiring.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addString("release.bpmn20.xml", model())
                .deploy();
    }

    private static String model() {
        StringBuilder model = new StringBuilder(
                "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:flowable='http://flowable.org/bpmn'"
                        + " targetNamespace='benchmark'><process id='release'><startEvent id='requested'/>");
        String before = "requested";
        for (String person : List.of("approve1", "approve2", "deploy")) {
            model.append("<userTask id='").append(person).append("'/>").append(flow(before, person));
            before = person;
        }
        for (String step : StepRecords.STEPS) {
            model.append("<serviceTask id='")
                    .append(step)
                    .append("' flowable:async='true' flowable:class='")
                    .append(Step.class.getName());
            model.append("'/>").append(flow(before, step));
            before = step;
        }
        return model.append("<endEvent id='succeeded'/>")
                .append(flow(before, "succeeded"))
                .append("</process></definitions>")
                .toString();
    }

    private static String flow(String from, String to) {
        return "<sequenceFlow id='" + from + "-" + to + "' sourceRef='" + from + "' targetRef='" + to + "'/>";
    }

    /** A step: does nothing, and writes a line into the log on the engine's own connection. */
    public static final class Step implements JavaDelegate {
        @Override
        public void execute(DelegateExecution execution) {
            Connection connection = Context.getCommandContext()
                    .getSession(DbSqlSession.class)
                    .getSqlSession()
                    .getConnection();
            try {
                StepRecords.log(
                        connection, execution.getProcessInstanceBusinessKey(), execution.getCurrentActivityId());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Hears of the end of a process once it is committed. */
    private record Ended(Map<String, CompletableFuture<Boolean>> running) implements FlowableEventListener {
        @Override
        public void onEvent(FlowableEvent event) {
            Optional.ofNullable(running.remove(((FlowableProcessEngineEvent) event).getProcessInstanceId()))
                    .ifPresent(waiting -> waiting.complete(true));
        }

        @Override
        public boolean isFailOnException() {
            return true;
        }

        @Override
        public boolean isFireOnTransactionLifecycleEvent() {
            return true;
        }

        @Override
        public String getOnTransaction() {
            return TransactionState.COMMITTED.name();
        }
    }

    @Override
    public String name() {
        return "Flowable " + ProcessEngine.VERSION;
    }

    @Override
    public void lifecycle(int thread, Calls calls) throws Exception {
        String release = UUID.randomUUID().toString();
        Map<String, Object> released =
                Map.of("version", "v0.1.0", "environment", Ours.environment(thread), "plan", "0".repeat(64));
        ProcessInstance process =
                calls.time(() -> engine.getRuntimeService().startProcessInstanceByKey("release", release, released));
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        running.put(process.getId(), ended);
        for (String person : List.of("bob", "carol", "alice")) {
            calls.time(() -> {
                Task task = engine.getTaskService()
                        .createTaskQuery()
                        .processInstanceId(process.getId())
                        .singleResult();
                task.setAssignee(person);
                Map<String, Object> said = person.equals("alice") ? Map.of() : APPROVAL;
                engine.getTaskService().complete(task.getId(), person, said, true);
                return true;
            });
        }
        ended.get(Ours.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        engine.close();
    }
}
