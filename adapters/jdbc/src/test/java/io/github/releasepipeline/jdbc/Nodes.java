package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.PipelineBuilder;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemorySourceControl;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** One forge, two targets, and as many pipelines over one database as a test starts. */
final class Nodes implements AutoCloseable {
    static final Actor ALICE = Actor.user("alice");

    private static final ItemKind FLOWS = ItemKind.of("workflow", "flows/**");

    final SettableClock clock = SettableClock.at("2026-03-01T09:00:00Z");
    final MemoryItemRepository repository = new MemoryItemRepository(clock);
    final MemorySourceControl forge = new MemorySourceControl("acme/flows", repository, List.of(FLOWS), clock);
    final JdbcPipelineStore store;

    final ScriptedTarget first = new ScriptedTarget();
    private final ScriptedTarget second = new ScriptedTarget();
    private final List<Pipeline> started = new ArrayList<>();

    Nodes(JdbcPipelineStore store) {
        this.store = store;
    }

    Pipeline start(UnaryOperator<PipelineBuilder> more) {
        return start(store, more);
    }

    Pipeline start(PipelineStore way, UnaryOperator<PipelineBuilder> more) {
        Pipeline pipeline = more.apply(Pipeline.builder()
                        .sourceControl(forge)
                        .repository(repository)
                        .store(way)
                        .items(FLOWS)
                        .clock(clock)
                        .maintainedByHost()
                        .workerThreads(Executors.newCachedThreadPool(Nodes::thread))
                        .environment("first", first)
                        .environment("second", second))
                .build();
        started.add(pipeline);
        return pipeline;
    }

    /** A thread that says nothing when its process dies. */
    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "test-worker");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, error) -> {
            if (!(error instanceof DyingStore.Death)) {
                error.printStackTrace();
            }
        });
        return thread;
    }

    long open(String... labels) {
        long number = forge.open("Change", "bob", List.of(labels), Map.of("flows/" + System.nanoTime(), "x"));
        forge.review(number, "carol", ReviewSummary.Decision.APPROVED);
        return number;
    }

    long merged(String... labels) {
        long number = open(labels);
        assertThat(forge.mergeElsewhere(number, "dave")).isInstanceOf(MergeOutcome.Merged.class);
        clock.advance(Duration.ofSeconds(1));
        return number;
    }

    List<ChangeSet> sets() {
        return store.tables()
                .changeSets(PipelineFilter.all(), PageRequest.first(PageRequest.MAX_SIZE))
                .rows();
    }

    /** Runs all at once; the first error of any of them comes out. */
    static <R> List<R> atOnce(List<Callable<R>> tasks) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<R> answers = new ArrayList<>();
            for (Future<R> answer : threads.invokeAll(tasks, 120, TimeUnit.SECONDS)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    @Override
    public void close() {
        started.forEach(Pipeline::close);
    }
}
