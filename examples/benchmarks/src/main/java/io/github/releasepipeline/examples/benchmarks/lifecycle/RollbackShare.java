package io.github.releasepipeline.examples.benchmarks.lifecycle;

import com.zaxxer.hikari.HikariDataSource;
import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.PipelineBuilder;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemorySourceControl;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.version.VersionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The engine's own share of a rollback: from the call to its success, with a target that takes no time, on PostgreSQL and on the
 * embedded database; one at a time, and in sixteen environments at once. Argument: how many rollbacks are measured in each
 * environment, after half as many to warm up; 200 if nothing is said.
 */
public final class RollbackShare {
    private static final int MANY = 16;

    private RollbackShare() {}

    /** Measures all and prints what came of it. */
    public static void main(String[] args) throws Exception {
        int rollbacks = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        System.out.printf("%-32s %10s %10s %10s%n", "ms a rollback", "median", "p99", "longest");
        try (Server server = Server.start();
                HikariDataSource pool = Server.pool(server.database("rollbacks"), 2 * MANY);
                Pipeline pipeline = pipeline(JdbcPipelineStore.on(pool))) {
            measure("PostgreSQL", pipeline, rollbacks);
        }
        Path folder = Files.createTempDirectory("rollbacks");
        try (JdbcPipelineStore store = JdbcPipelineStore.embedded(folder.resolve("store.db"));
                Pipeline pipeline = pipeline(store)) {
            measure("embedded", pipeline, rollbacks);
        } finally {
            delete(folder);
        }
    }

    private static Pipeline pipeline(JdbcPipelineStore store) {
        Clock clock = Clock.systemUTC();
        ItemKind flows = ItemKind.of("workflow", "flows/**");
        MemoryItemRepository repository = new MemoryItemRepository(clock);
        MemorySourceControl forge = new MemorySourceControl("acme/flows", repository, List.of(flows), clock);
        PipelineBuilder wiring = Pipeline.builder()
                .sourceControl(forge)
                .repository(repository)
                .store(store)
                .items(flows);
        for (int i = 0; i < MANY; i++) {
            wiring.environment(Ours.environment(i), new SilentTarget(), env -> env.tier(Tier.PRODUCTION));
        }
        for (int i = 0; i < 2; i++) {
            long number = forge.open("Change " + i, "dave", List.of(), Map.of("flows/" + i + ".json", "{}"));
            forge.mergeElsewhere(number, "carol");
        }
        return wiring.build();
    }

    private static void measure(String database, Pipeline pipeline, int rollbacks) throws Exception {
        ActingPipeline alice = pipeline.as(Actor.user("alice"));
        alice.pullRequests().synchronize();
        VersionId good = published(alice, 1);
        VersionId bad = published(alice, 2);
        List<Calls> one = inEnvironments(1, environment -> rolledBack(alice, environment, good, bad, rollbacks));
        print(database + ", one at a time", one);
        List<Calls> many = inEnvironments(MANY, environment -> rolledBack(alice, environment, good, bad, rollbacks));
        print(database + ", " + MANY + " at once", many);
    }

    private static VersionId published(ActingPipeline alice, long pullRequest) {
        ChangeSet set = alice.changeSets().create("Set " + pullRequest, wish -> wish.pullRequests(pullRequest));
        return alice.versions().publish(set.id()).id();
    }

    private static Calls rolledBack(
            ActingPipeline alice, String environment, VersionId good, VersionId bad, int rollbacks) throws Exception {
        deployed(alice, good, environment);
        Calls calls = new Calls();
        for (int i = -rollbacks / 2; i < rollbacks; i++) {
            ReleaseId id = deployed(alice, bad, environment);
            long begin = System.nanoTime();
            Release ended = alice.releases().rollback(id, "measured").await(Ours.PATIENCE);
            long took = System.nanoTime() - begin;
            if (!ended.succeeded() || !ended.version().equals(good)) {
                throw new IllegalStateException("The rollback did not succeed: " + ended.state());
            }
            if (i >= 0) {
                calls.add(took);
            }
        }
        return calls;
    }

    private static ReleaseId deployed(ActingPipeline alice, VersionId version, String environment) {
        ReleaseId id = alice.releases().request(version, environment).id();
        Release ended = alice.releases().deploy(id).await(Ours.PATIENCE);
        if (!ended.succeeded()) {
            throw new IllegalStateException("The release did not succeed: " + ended.state());
        }
        return id;
    }

    /** What is measured in one environment. */
    private interface Work {
        Calls in(String environment) throws Exception;
    }

    private static List<Calls> inEnvironments(int number, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(number);
        try {
            List<Future<Calls>> begun = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                String environment = Ours.environment(i);
                begun.add(threads.submit(() -> work.in(environment)));
            }
            List<Calls> ended = new ArrayList<>();
            for (Future<Calls> calls : begun) {
                ended.add(calls.get());
            }
            return ended;
        } finally {
            threads.shutdown();
        }
    }

    private static void print(String name, List<Calls> all) {
        Calls together = new Calls();
        all.forEach(together::addAll);
        System.out.printf(
                "%-32s %10.1f %10.1f %10.1f%n", name, together.millis(0.5), together.millis(0.99), together.millis(1));
    }

    private static void delete(Path folder) throws Exception {
        for (String file : Arrays.asList("store.db", "store.db-wal", "store.db-shm")) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.delete(folder);
    }
}
