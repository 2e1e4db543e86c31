package io.github.releasepipeline.examples.crashtest;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.error.PipelineException;
import io.github.releasepipeline.examples.crashtest.Acknowledgement.Command;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** People at one node: some begin releases, one looks after what got stuck. */
final class People {
    private static final Actor ALICE = Actor.user("alice");
    private static final Actor BOB = Actor.user("bob");
    private static final int FULL_QUEUE = 2;
    private static final int STARTERS = 2;

    private final Pipeline pipeline;
    private final PipelineStore store;
    private final Caretaker caretaker;
    private final Random random;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean draining;
    private volatile boolean ended;

    People(Pipeline pipeline, PipelineStore store, DataSource database, Random random) {
        this.pipeline = pipeline;
        this.store = store;
        this.caretaker = new Caretaker(pipeline, store, database, this::tell);
        this.random = random;
    }

    void begin() {
        for (int i = 0; i < STARTERS; i++) {
            thread(() -> {
                if (!draining) {
                    start();
                }
            });
        }
        thread(caretaker::look);
    }

    /** Nothing new is begun. */
    void drain() {
        draining = true;
    }

    void end() {
        ended = true;
        threads.forEach(People::join);
    }

    private void thread(Runnable work) {
        Thread thread = new Thread(
                () -> {
                    while (!ended) {
                        attempt(work);
                        LockSupport.parkNanos((200 + random.nextInt(400)) * 1_000_000L);
                    }
                },
                "people");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** A refusal, or a database that is away: people try something else then. */
    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (PipelineException e) {
            System.err.println("people: " + e.getMessage());
        }
    }

    private void start() {
        EnvironmentName name = Setup.ENVIRONMENTS.get(random.nextInt(Setup.ENVIRONMENTS.size()));
        Environment environment = as(ALICE).environments().get(name.value());
        if (environment.queue().size() >= FULL_QUEUE) {
            return;
        }
        List<Version> versions = store.tables()
                .versions(PipelineFilter.all(), PageRequest.first(PageRequest.MAX_SIZE))
                .rows();
        // What is older than what is active is superseded: mostly the newest, so that it is really deployed.
        Version version = versions.get(random.nextInt(3) == 0 ? random.nextInt(versions.size()) : 0);
        Release requested = as(ALICE).releases().request(version.id(), name.value());
        tell(Command.REQUESTED, requested, ALICE);
        if (requested.state().kind() == ReleaseState.Kind.PENDING_APPROVAL) {
            tell(Command.APPROVED, as(BOB).releases().approve(requested.id(), "fine"), BOB);
        }
        as(ALICE).releases().deploy(requested.id());
        tell(Command.DEPLOYED, requested, ALICE);
        if (random.nextInt(12) == 0) {
            tell(Command.CANCELLED, as(ALICE).releases().cancel(requested.id(), "changed my mind"), ALICE);
        } else if (random.nextInt(12) == 0 && environment.active().isPresent()) {
            Release active = as(ALICE).releases().get(environment.active().get().release());
            tell(
                    Command.ROLLBACK_STARTED,
                    as(ALICE).releases().rollback(active.id(), "it looks bad").release(),
                    ALICE);
        }
    }

    private ActingPipeline as(Actor actor) {
        return pipeline.as(actor);
    }

    private void tell(Command command, Release release, Actor actor) {
        synchronized (System.out) {
            System.out.println(new Acknowledgement(command, release.id(), actor.id()).line());
            System.out.flush();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
