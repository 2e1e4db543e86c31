package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.RestoreSource;
import io.github.releasepipeline.target.ResumableTarget;
import io.github.releasepipeline.target.StepOutcome;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DeploymentTarget} does. A test of an adapter extends it and gives a fresh target for each fact; what
 * the adapter cannot know of by itself (drift, crashes between two calls) its own tests show.
 */
public abstract class DeploymentTargetContract extends CanaryFacts {
    /** For subclasses. */
    protected DeploymentTargetContract() {}

    /** A fresh target that holds nothing and has seen no token. */
    @Override
    protected abstract DeploymentTarget newTarget();

    // deployment

    @Test
    void a_fresh_target_holds_nothing() {
        assertThat(active()).isEqualTo(Manifest.empty());
    }

    @Test
    void a_healthy_target_passes_its_checks_and_a_check_changes_nothing() {
        deploy(ONE);
        assertDone(stage(TWO));

        for (Step step : List.of(Step.PRE_DEPLOYMENT_CHECKS, Step.POST_DEPLOYMENT_CHECKS, Step.VERIFY)) {
            assertDone(target.check(call(step, TWO)));
        }

        assertThat(active()).isEqualTo(ONE.manifest());
        assertDone(activate(TWO));
        assertThat(active()).isEqualTo(TWO.manifest());
    }

    @Test
    void what_is_staged_is_not_active() {
        assertDone(stage(ONE));
        assertThat(active()).isEqualTo(Manifest.empty());

        assertDone(activate(ONE));
        assertDone(stage(TWO));
        assertThat(active()).isEqualTo(ONE.manifest());
    }

    @Test
    void activation_makes_exactly_the_staged_items_active() {
        for (TextArtifacts version : List.of(ONE, TWO, THREE, ONE)) {
            deploy(version);
        }
    }

    @Test
    void what_was_staged_last_is_activated() {
        assertDone(stage(ONE));
        assertDone(stage(TWO));

        assertDone(activate(TWO));
        assertThat(active()).isEqualTo(TWO.manifest());
    }

    @Test
    void the_active_version_can_be_deployed_again() {
        deploy(ONE);
        deploy(ONE);
    }

    @Test
    void a_version_without_items_can_be_deployed() {
        TextArtifacts nothing = TextArtifacts.of(Map.of());
        deploy(nothing);
        deploy(ONE);
        deploy(nothing);
    }

    @Test
    void a_thousand_items_can_be_deployed_and_changed() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < 1_000; i++) {
            texts.put("workflows/" + i % 10 + "/" + i + ".json", "{\"number\": " + i + "}");
        }
        deploy(TextArtifacts.of(texts));
        for (int i = 0; i < 1_000; i += 100) {
            texts.put("workflows/0/" + i + ".json", "changed");
            texts.remove("workflows/5/" + (i + 5) + ".json");
            texts.put("workflows/new/" + i + ".json", "new");
        }
        deploy(TextArtifacts.of(texts));
    }

    @Test
    void items_may_have_odd_names() {
        deploy(TextArtifacts.of(Map.of(
                "workflows/with some  spaces .json",
                "1",
                "workflows/it's \"quoted\" \\ `x` $HOME %s.json",
                "2",
                "workflows/Überblick-发票-🚀.json",
                "3",
                "workflows/tab\tand\nline.json",
                "4",
                "workflows/.hidden/..double/...json",
                "5",
                "workflows/UPPER.json",
                "6",
                "workflows/upper.json",
                "7",
                "workflows/" + "deep/".repeat(30) + "x".repeat(150) + ".json",
                "8",
                "-rf",
                "9")));
    }

    @Test
    void items_may_be_empty_or_large() {
        deploy(TextArtifacts.of(
                Map.of("workflows/empty.json", "", "workflows/large.json", "0123456789abcdef".repeat(200_000))));
    }

    @Test
    void a_target_never_shows_a_mixture_of_two_versions() {
        deploy(ONE);
        AtomicBoolean done = new AtomicBoolean();
        Set<Manifest> seen = new HashSet<>();

        StoreFacts.atOnce(List.of(
                () -> {
                    while (!done.get() && !Thread.currentThread().isInterrupted()) {
                        seen.add(active());
                    }
                    return true;
                },
                () -> {
                    try {
                        for (int i = 0; i < 20; i++) {
                            deploy(i % 2 == 0 ? TWO : ONE);
                        }
                    } finally {
                        done.set(true);
                    }
                    return true;
                }));

        assertThat(seen).isNotEmpty().isSubsetOf(ONE.manifest(), TWO.manifest());
    }

    @Test
    void a_resumable_target_knows_whether_exactly_these_items_are_staged() {
        assumeTrue(target instanceof ResumableTarget, "it does not say so");
        ResumableTarget resumable = (ResumableTarget) target;
        assertThat(resumable.isStaged(ONE.manifest().digest()))
                .as("nothing is staged")
                .isFalse();

        assertDone(stage(ONE));
        assertThat(resumable.isStaged(ONE.manifest().digest()))
                .as("ONE is staged")
                .isTrue();
        assertThat(resumable.isStaged(TWO.manifest().digest())).as("TWO is not").isFalse();

        assertDone(activate(ONE));
        assertThat(resumable.isStaged(ONE.manifest().digest()))
                .as("what is active is not staged")
                .isFalse();

        assertDone(stage(TWO));
        assertDone(restore(ONE, new RestoreSource.FromArtifacts(ONE.against(active()))));
        assertThat(resumable.isStaged(TWO.manifest().digest()))
                .as("TWO was dropped")
                .isFalse();
    }

    // what goes wrong

    @Test
    void activating_what_was_not_staged_changes_nothing() {
        deploy(ONE);

        StepOutcome outcome = activate(TWO);

        assertThat(outcome).isInstanceOf(StepOutcome.Failed.class);
        assertThat(active()).isEqualTo(ONE.manifest());
    }

    @Test
    void a_stage_whose_bytes_cannot_be_read_leaves_nothing_half_done() {
        deploy(ONE);
        AtomicInteger opened = new AtomicInteger();
        TextArtifacts broken = TextArtifacts.of(Map.of("workflows/a.json", "a4", "workflows/z.json", "z4"));

        HeldUpArtifacts unreadable = new HeldUpArtifacts(broken, () -> {
            if (opened.incrementAndGet() > 1) {
                throw AdapterException.passing("The commit cannot be read now; try again", null);
            }
        });

        Throwable thrown =
                catchThrowable(() -> assertThat(target.stage(call(Step.DEPLOY_ARTIFACTS, broken), unreadable))
                        .isInstanceOf(StepOutcome.Failed.class));

        assertThat(thrown == null || thrown instanceof AdapterException)
                .as("the answer is a failure, or the outcome is unknown: %s", thrown)
                .isTrue();
        assertThat(active()).isEqualTo(ONE.manifest());
        deploy(TWO);
    }

    // backups and restoring

    @Test
    void a_backup_captures_what_is_active() {
        assertThat(backUp().captured()).isEqualTo(Manifest.empty().digest());
        deploy(ONE);
        assertDone(stage(TWO));
        assertThat(backUp().captured()).isEqualTo(ONE.manifest().digest());
    }

    @Test
    void a_backup_is_restored_with_the_next_activation() {
        deploy(ONE);
        Backup backup = backUp();
        deploy(TWO);

        assertDone(target.deactivate(call(Step.DEACTIVATE, ONE)));
        assertDone(restore(ONE, from(backup)));
        assertDone(target.activate(call(Step.ACTIVATE_PREVIOUS, ONE)));

        assertThat(active()).isEqualTo(ONE.manifest());
    }

    @Test
    void a_version_is_restored_from_its_artifacts_with_the_next_activation() {
        deploy(ONE);
        deploy(TWO);

        assertDone(target.deactivate(call(Step.DEACTIVATE, ONE)));
        assertDone(restore(ONE, new RestoreSource.FromArtifacts(ONE.against(active()))));
        assertDone(target.activate(call(Step.ACTIVATE_PREVIOUS, ONE)));

        assertThat(active()).isEqualTo(ONE.manifest());
    }

    @Test
    void what_is_restored_is_not_active() {
        deploy(ONE);
        Backup backup = backUp();
        deploy(TWO);

        assertDone(restore(ONE, from(backup)));

        assertThat(active()).isEqualTo(TWO.manifest());
    }

    @Test
    void a_restore_drops_what_was_staged() {
        deploy(ONE);
        Backup backup = backUp();
        assertDone(stage(TWO));

        assertDone(restore(ONE, from(backup)));

        assertDone(activate(ONE));
        assertThat(active()).isEqualTo(ONE.manifest());
        assertThat(activate(TWO)).isInstanceOf(StepOutcome.Failed.class);
        assertThat(active()).isEqualTo(ONE.manifest());
    }

    @Test
    void every_backup_is_kept() {
        Backup nothing = backUp();
        deploy(ONE);
        Backup one = backUp();
        deploy(TWO);
        Backup two = backUp();
        TextArtifacts empty = TextArtifacts.of(Map.of());

        for (var step :
                List.of(Map.entry(ONE, one), Map.entry(empty, nothing), Map.entry(TWO, two), Map.entry(ONE, one))) {
            assertDone(restore(step.getKey(), from(step.getValue())));
            assertDone(activate(step.getKey()));
            assertThat(active()).isEqualTo(step.getKey().manifest());
        }
    }

    @Test
    void an_unknown_backup_cannot_be_restored_and_nothing_changes() {
        deploy(ONE);

        assertThat(restore(TWO, from(new Backup("no-such-backup", TWO.manifest().digest()))))
                .isInstanceOf(StepOutcome.Failed.class);

        assertThat(active()).isEqualTo(ONE.manifest());
    }

    @Test
    void a_deactivated_version_stays_complete_or_shows_nothing_and_can_be_activated_again() {
        deploy(ONE);
        Backup backup = backUp();

        assertDone(target.deactivate(call(Step.DEACTIVATE, ONE)));

        assertThat(active()).isIn(ONE.manifest(), Manifest.empty());
        assertDone(restore(ONE, from(backup)));
        assertDone(activate(ONE));
        assertThat(active()).isEqualTo(ONE.manifest());
    }
}
