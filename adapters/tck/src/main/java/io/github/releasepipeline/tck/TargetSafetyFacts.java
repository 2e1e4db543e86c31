package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.RestoreSource;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Facts about fencing tokens, attempt keys and probes. */
abstract class TargetSafetyFacts extends TargetFacts {
    // fencing

    @Test
    void a_call_with_an_older_token_is_refused_and_does_nothing() {
        deploy(ONE);
        assertDone(stage(TWO));
        assertDone(target.check(call(Step.PRE_DEPLOYMENT_CHECKS, TWO, "newer", 5)));

        sortsOfCalls().forEach((step, sort) -> {
            StepCall call = call(step, TWO, "late-" + step, 4);
            assertThat(sort.apply(call)).as("%s", step).isEqualTo(new StepOutcome.Fenced(5));
            assertThat(target.probe("late-" + step, 5)).as("%s", step).isEqualTo(new Probe.NotDone());
        });

        assertThat(active()).isEqualTo(ONE.manifest());
        assertDone(target.activate(call(Step.ACTIVATE, TWO, "in-time", 5)));
        assertThat(active()).isEqualTo(TWO.manifest());
    }

    @Test
    void a_call_with_the_newest_token_or_a_newer_one_is_accepted() {
        assertDone(target.check(call(Step.PRE_DEPLOYMENT_CHECKS, ONE, "k-1", 5)));
        assertDone(target.check(call(Step.PRE_DEPLOYMENT_CHECKS, ONE, "k-2", 5)));
        assertDone(target.check(call(Step.PRE_DEPLOYMENT_CHECKS, ONE, "k-3", 6)));
        assertDone(target.check(call(Step.PRE_DEPLOYMENT_CHECKS, ONE, "k-4", 1_000_000_000_000L)));
        assertThat(target.check(call(Step.PRE_DEPLOYMENT_CHECKS, ONE, "k-5", 6)))
                .isEqualTo(new StepOutcome.Fenced(1_000_000_000_000L));
    }

    @Test
    void every_sort_of_call_raises_the_newest_token() {
        deploy(ONE);
        long token = 1;
        for (var sort : sortsOfCalls().entrySet()) {
            token++;
            assertThat(sort.getValue().apply(call(sort.getKey(), ONE, "raise-" + token, token)))
                    .as("%s", sort.getKey())
                    .isNotInstanceOf(StepOutcome.Fenced.class);
            assertThat(target.check(call(Step.PRE_DEPLOYMENT_CHECKS, ONE, "old-" + token, token - 1)))
                    .as("%s", sort.getKey())
                    .isEqualTo(new StepOutcome.Fenced(token));
        }
    }

    @Test
    void a_probe_raises_the_newest_token_and_never_lowers_it() {
        target.probe("unknown", 7);
        target.probe("unknown", 3);

        assertThat(target.stage(call(Step.DEPLOY_ARTIFACTS, ONE, "late", 6), ONE))
                .isEqualTo(new StepOutcome.Fenced(7));
        assertDone(target.stage(call(Step.DEPLOY_ARTIFACTS, ONE, "in-time", 7), ONE));
    }

    @Test
    void an_older_token_is_refused_also_with_a_known_key() {
        StepCall first = call(Step.DEPLOY_ARTIFACTS, ONE, "key", 1);
        assertDone(target.stage(first, ONE));
        target.probe("key", 2);

        assertThat(target.stage(first, ONE)).isEqualTo(new StepOutcome.Fenced(2));
    }

    @Test
    void an_old_worker_that_goes_on_does_not_disturb_the_new_one() {
        CountDownLatch begun = new CountDownLatch(1);

        List<Boolean> done = StoreFacts.atOnce(List.of(
                () -> {
                    for (int i = 0; i < 100_000; i++) {
                        StepCall call = call(Step.DEPLOY_ARTIFACTS, ONE, "old-" + i, 1);
                        begun.countDown();
                        if (target.stage(call, ONE) instanceof StepOutcome.Fenced) {
                            return true;
                        }
                    }
                    return false;
                },
                () -> {
                    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
                    assertDone(target.stage(call(Step.DEPLOY_ARTIFACTS, TWO, "new-stage", 2), TWO));
                    assertDone(target.activate(call(Step.ACTIVATE, TWO, "new-activate", 2)));
                    return true;
                }));

        assertThat(done).containsExactly(true, true);
        assertThat(active()).isEqualTo(TWO.manifest());
    }

    @Test
    void an_old_worker_that_is_held_up_while_it_stages_does_not_undo_what_the_new_one_staged() {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch staged = new CountDownLatch(1);
        // bytes that no other fact brings: a target that knows them already does not read them again
        TextArtifacts unseen = TextArtifacts.of(Map.of("workflows/held-up.json", "read slowly"));
        HeldUpArtifacts slow = new HeldUpArtifacts(unseen, () -> {
            reading.countDown();
            await(staged, 200); // in vain where the check and the effect exclude other calls
        });

        List<Boolean> done = StoreFacts.atOnce(List.of(
                () -> target.stage(call(Step.DEPLOY_ARTIFACTS, unseen, "old", 1), slow) != null, () -> {
                    assertThat(await(reading, 10_000)).isTrue();
                    assertDone(target.stage(call(Step.DEPLOY_ARTIFACTS, TWO, "new", 2), TWO));
                    staged.countDown();
                    return true;
                }));

        assertThat(done).containsExactly(true, true);
        assertDone(target.activate(call(Step.ACTIVATE, TWO, "activate", 2)));
        assertThat(active()).isEqualTo(TWO.manifest());
    }

    private static boolean await(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    // attempt keys

    @Test
    void a_repeated_check_or_backup_answers_as_the_first_time() {
        deploy(ONE);
        StepOutcome check = target.check(call(Step.PRE_DEPLOYMENT_CHECKS, TWO, "check", 1));
        StepOutcome backup = target.backUp(call(Step.BACKUP, TWO, "backup", 1));
        deploy(TWO);

        assertThat(target.check(call(Step.PRE_DEPLOYMENT_CHECKS, TWO, "check", 2)))
                .isEqualTo(check);
        assertThat(target.backUp(call(Step.BACKUP, TWO, "backup", 2))).isEqualTo(backup);
    }

    @Test
    void a_repeated_stage_answers_as_the_first_time_and_stages_nothing_more() {
        StepOutcome first = target.stage(call(Step.DEPLOY_ARTIFACTS, ONE, "stage", 1), ONE);
        assertDone(stage(TWO));

        assertThat(target.stage(call(Step.DEPLOY_ARTIFACTS, ONE, "stage", 1), ONE))
                .isEqualTo(first);
        assertDone(activate(TWO));
        assertThat(active()).isEqualTo(TWO.manifest());
    }

    @Test
    void a_repeated_activate_answers_as_the_first_time_and_switches_nothing_more() {
        assertDone(stage(ONE));
        StepOutcome first = target.activate(call(Step.ACTIVATE, ONE, "activate", 1));
        deploy(TWO);
        assertDone(stage(THREE));

        assertThat(target.activate(call(Step.ACTIVATE, ONE, "activate", 1))).isEqualTo(first);
        assertThat(active()).isEqualTo(TWO.manifest());
        assertDone(activate(THREE));
        assertThat(active()).isEqualTo(THREE.manifest());
    }

    @Test
    void a_repeated_restore_answers_as_the_first_time_and_brings_nothing_more() {
        deploy(ONE);
        Backup backup = backUp();
        StepOutcome first = target.restore(call(Step.RESTORE, ONE, "restore", 1), from(backup));
        assertDone(first);
        assertDone(stage(TWO));

        assertThat(target.restore(call(Step.RESTORE, ONE, "restore", 1), from(backup)))
                .isEqualTo(first);
        assertDone(activate(TWO));
        assertThat(active()).isEqualTo(TWO.manifest());
    }

    @Test
    void a_repeated_deactivate_answers_as_the_first_time_and_stops_nothing_more() {
        deploy(ONE);
        StepOutcome first = target.deactivate(call(Step.DEACTIVATE, ONE, "deactivate", 1));
        assertDone(first);
        deploy(TWO);

        assertThat(target.deactivate(call(Step.DEACTIVATE, ONE, "deactivate", 1)))
                .isEqualTo(first);
        assertThat(active()).isEqualTo(TWO.manifest());
    }

    @Test
    void a_key_is_known_under_a_newer_token_too() {
        StepOutcome first = target.stage(call(Step.DEPLOY_ARTIFACTS, ONE, "stage", 1), ONE);

        assertThat(target.stage(call(Step.DEPLOY_ARTIFACTS, ONE, "stage", 2), ONE))
                .isEqualTo(first);
    }

    @Test
    void keys_may_hold_any_text() {
        for (String key : Sample.HOSTILE) {
            StepOutcome outcome = target.stage(call(Step.DEPLOY_ARTIFACTS, ONE, key, 1), ONE);
            assertDone(outcome);
            assertThat(target.probe(key, 1)).isEqualTo(new Probe.Ended(outcome));
            assertThat(target.probe(key + "x", 1)).isEqualTo(new Probe.NotDone());
        }
    }

    // probes

    @Test
    void a_probe_of_an_unknown_key_tells_that_nothing_was_done() {
        deploy(ONE);

        assertThat(target.probe("unknown", 1)).isEqualTo(new Probe.NotDone());
    }

    @Test
    void a_probe_of_a_call_that_ended_tells_its_outcome() {
        deploy(ONE);
        assertDone(stage(TWO));

        sortsOfCalls().forEach((step, sort) -> {
            StepOutcome outcome = sort.apply(call(step, TWO, "probed-" + step, 1));
            assertThat(outcome).as("%s", step).isNotInstanceOf(StepOutcome.Fenced.class);
            assertThat(target.probe("probed-" + step, 1)).as("%s", step).isEqualTo(new Probe.Ended(outcome));
        });
    }

    @Test
    void a_probe_of_a_call_that_failed_tells_its_outcome() {
        StepCall again = call(Step.RESTORE, ONE, "failed", 1);
        StepOutcome failed =
                target.restore(again, from(new Backup("none", ONE.manifest().digest())));

        assertThat(failed).isInstanceOf(StepOutcome.Failed.class);
        assertThat(target.probe("failed", 1)).isEqualTo(new Probe.Ended(failed));
        assertThat(target.restore(again, new RestoreSource.FromArtifacts(ONE))).isEqualTo(failed);
    }

    @Test
    void a_probe_changes_nothing() {
        deploy(ONE);
        assertDone(stage(TWO));
        target.probe("unknown", 1);

        assertThat(active()).isEqualTo(ONE.manifest());
        assertDone(activate(TWO));
        assertThat(active()).isEqualTo(TWO.manifest());
    }
}
