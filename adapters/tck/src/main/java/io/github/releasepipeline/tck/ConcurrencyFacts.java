package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Facts about transactions of several threads at once. */
abstract class ConcurrencyFacts extends AutomationFacts {
    private static final int THREADS = 4;

    @Test
    void no_increment_of_several_threads_is_lost() {
        EnvironmentId id = environment(Sample.PRODUCTION);
        int each = 25;
        List<Callable<Integer>> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            threads.add(() -> {
                for (int i = 0; i < each; i++) {
                    retrying(session -> increment(session, id));
                }
                return each;
            });
        }

        assertThat(atOnce(threads)).hasSize(THREADS);

        assertThat(token(store.reader(), id)).isEqualTo((long) THREADS * each);
        assertThat(store.reader().find(id).orElseThrow().revision()).isEqualTo((long) THREADS * each + 1);
    }

    @Test
    void of_several_transactions_that_saw_the_same_revision_one_succeeds() {
        EnvironmentId id = environment(Sample.PRODUCTION);
        CountDownLatch looked = new CountDownLatch(THREADS);

        long succeeded = succeeding(session -> {
            long seen = token(session, id);
            meet(looked);
            if (seen > 0) {
                throw new ConcurrentUpdateException(id.reference());
            }
            increment(session, id);
        });

        assertThat(succeeded).isEqualTo(1);
        assertThat(token(store.reader(), id)).isEqualTo(1);
    }

    @Test
    void a_pull_request_that_several_take_at_once_gets_into_one_set() {
        CountDownLatch looked = new CountDownLatch(THREADS);

        long succeeded = succeeding(session -> {
            ChangeSet set =
                    Sample.changeSet("cs-" + Thread.currentThread().getId(), 1L).build();
            meet(looked);
            save(session, set.id(), set);
        });

        assertThat(succeeded).isEqualTo(1);
        Optional<ChangeSetId> winner = store.reader().changeSetOf(new PullRequestId(Sample.REPOSITORY, 1));
        assertThat(winner.flatMap(store.reader()::find)).isPresent();
    }

    @Test
    void a_tag_that_several_take_at_once_goes_to_one_version() {
        CountDownLatch looked = new CountDownLatch(THREADS);

        long succeeded = succeeding(session -> {
            Version version = Sample.version("v-" + Thread.currentThread().getId(), Sample.number(1, 0, 0))
                    .build();
            meet(looked);
            save(session, version.id(), version);
        });

        assertThat(succeeded).isEqualTo(1);
        Optional<VersionId> winner = store.reader().versionTagged("v1.0.0");
        assertThat(winner.flatMap(store.reader()::find)).isPresent();
    }

    @Test
    void numbers_of_a_line_are_taken_one_at_a_time() {
        VersionNumber top = Sample.number(99, 0, 0);
        Version first = version("v-0", Sample.number(1, 0, 0));
        save(first.id(), first);
        CountDownLatch looked = new CountDownLatch(THREADS);

        List<Callable<VersionId>> takers = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            String id = "v-" + (thread + 1);
            takers.add(() -> retrying(session -> {
                VersionId seen = session.versionBelow(top).orElseThrow();
                VersionNumber before =
                        session.find(seen).orElseThrow().snapshot().number();
                meet(looked);
                // Different numbers, so that no key but the order of the takers keeps them apart.
                Version next = version(id, Sample.number(before.major() + 1, id.hashCode() & 0xff, 0));
                save(session, next.id(), next);
                return seen;
            }));
        }

        assertThat(atOnce(takers)).doesNotHaveDuplicates();
    }

    private static Version version(String id, VersionNumber number) {
        return Sample.version(id, number).build();
    }

    @Test
    void two_transactions_that_each_save_what_the_other_only_found_behave_as_if_one_had_been_first() {
        for (int round = 0; round < 3; round++) {
            EnvironmentId left = environment(new EnvironmentName("left-" + round));
            EnvironmentId right = environment(new EnvironmentName("right-" + round));
            CountDownLatch looked = new CountDownLatch(2);

            atOnce(List.of(
                    () -> retrying(session -> raiseUnlessRaised(session, left, right, looked)),
                    () -> retrying(session -> raiseUnlessRaised(session, right, left, looked))));

            assertThat(token(store.reader(), left) + token(store.reader(), right))
                    .isEqualTo(1);
        }
    }

    private static boolean raiseUnlessRaised(
            PipelineSession session, EnvironmentId own, EnvironmentId other, CountDownLatch looked) {
        boolean free = token(session, other) == 0;
        meet(looked);
        if (free) {
            increment(session, own);
        }
        return free;
    }

    /** How many of several threads could do the same work at once; the others met a concurrent update. */
    private long succeeding(Consumer<PipelineSession> work) {
        List<Callable<Boolean>> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            threads.add(() -> {
                try {
                    inTransaction(work);
                    return true;
                } catch (ConcurrentUpdateException e) {
                    return false;
                }
            });
        }
        return atOnce(threads).stream().filter(succeeded -> succeeded).count();
    }

    /** Waits until all are here, or shortly: a store with one transaction at a time lets nobody else in. */
    private static void meet(CountDownLatch all) {
        all.countDown();
        try {
            all.await(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private EnvironmentId environment(EnvironmentName name) {
        Environment fresh = Environment.fresh(name);
        save(fresh.id(), fresh);
        return fresh.id();
    }

    private static long token(PipelineReader reader, EnvironmentId id) {
        return reader.find(id).orElseThrow().snapshot().fencingToken();
    }

    private static long increment(PipelineSession session, EnvironmentId id) {
        Environment now = session.find(id).orElseThrow().snapshot();
        long next = now.fencingToken() + 1;
        save(
                session,
                id,
                new Environment(
                        now.name(),
                        now.active(),
                        now.former(),
                        now.running(),
                        now.queue(),
                        next,
                        now.hold(),
                        now.degradation(),
                        now.watch()));
        return next;
    }
}
