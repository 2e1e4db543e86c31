package io.github.releasepipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.memory.ScriptedTarget.Effect;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.tck.RecordingStepLog;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.tck.TextArtifacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptedTargetTest {
    private static final TextArtifacts VERSION = TextArtifacts.of(Map.of("workflows/a.json", "1"));
    private static final ItemId ITEM = new ItemId("workflow", "workflows/a.json");

    private final ScriptedTarget target = new ScriptedTarget();

    @Test
    void an_ordered_failure_is_answered_once_and_does_nothing() {
        target.failNext(Step.DEPLOY_ARTIFACTS, FailureKind.ERRORED, "disk full");

        assertThat(stage("k-1")).isEqualTo(new StepOutcome.Failed(FailureKind.ERRORED, "disk full", List.of()));
        assertThat(target.isStaged()).isFalse();
        assertThat(target.effects()).isEmpty();
        assertThat(stage("k-2")).isInstanceOf(StepOutcome.Done.class);
    }

    @Test
    void a_lost_call_does_nothing_and_a_probe_tells_so() {
        target.loseCall(Step.DEPLOY_ARTIFACTS);

        assertThatExceptionOfType(AdapterException.class).isThrownBy(() -> stage("k-1"));
        assertThat(target.probe("k-1", 1)).isEqualTo(new Probe.NotDone());
        assertThat(target.isStaged()).isFalse();
    }

    @Test
    void a_lost_reply_is_done_and_a_probe_tells_so() {
        target.loseReply(Step.DEPLOY_ARTIFACTS);

        assertThatExceptionOfType(AdapterException.class).isThrownBy(() -> stage("k-1"));
        assertThat(target.probe("k-1", 1)).isInstanceOf(Probe.Ended.class);
        assertThat(target.isStaged()).isTrue();
        assertThat(target.effects()).containsExactly(new Effect(Step.DEPLOY_ARTIFACTS, "k-1", 1));
    }

    @Test
    void a_lost_probe_cannot_tell_once() {
        target.loseProbe("no answer");

        assertThat(target.probe("k-1", 1)).isEqualTo(new Probe.Unknown("no answer"));
        assertThat(target.probe("k-1", 1)).isEqualTo(new Probe.NotDone());
    }

    @Test
    void a_worker_that_was_held_up_before_its_call_finds_itself_fenced() {
        target.before(Step.DEPLOY_ARTIFACTS, () -> target.probe("k-1", 2));

        assertThat(stage("k-1")).isEqualTo(new StepOutcome.Fenced(2));
        assertThat(target.effects()).isEmpty();
    }

    @Test
    void repeated_calls_leave_one_effect() {
        assertThat(stage("k-1")).isEqualTo(stage("k-1"));

        assertThat(target.effects()).hasSize(1);
    }

    @Test
    void drift_is_observed_and_repaired_by_deploying_again() {
        deploy("1");
        target.drift(ITEM, "drifted".getBytes(StandardCharsets.UTF_8));
        assertThat(target.observe().active()).isEqualTo(new Manifest(List.of(Sample.item(ITEM.path(), "drifted"))));
        target.drift(ITEM);
        assertThat(target.observe().active()).isEqualTo(Manifest.empty());

        deploy("2");

        assertThat(target.observe().active()).isEqualTo(VERSION.manifest());
        assertThat(target.read(ITEM))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("1"));
    }

    @Test
    void it_routes_to_what_is_active_but_for_a_deactivation() {
        deploy("1");
        assertThat(target.isRouting()).isTrue();

        assertThat(target.deactivate(call(Step.DEACTIVATE, "off"))).isInstanceOf(StepOutcome.Done.class);
        assertThat(target.isRouting()).isFalse();
        deploy("2");
        assertThat(target.isRouting()).isTrue();
    }

    @Test
    void what_is_done_is_told_in_the_log() {
        StepCall call = call(Step.DEPLOY_ARTIFACTS, "k-1");
        assertThat(target.stage(call, VERSION)).isInstanceOf(StepOutcome.Done.class);

        assertThat(((RecordingStepLog) call.log()).lines()).containsExactly("success: 1 workflow staged");
    }

    private void deploy(String key) {
        assertThat(stage("stage-" + key)).isInstanceOf(StepOutcome.Done.class);
        assertThat(target.activate(call(Step.ACTIVATE, "activate-" + key))).isInstanceOf(StepOutcome.Done.class);
    }

    private StepOutcome stage(String key) {
        return target.stage(call(Step.DEPLOY_ARTIFACTS, key), VERSION);
    }

    private static StepCall call(Step step, String key) {
        return new StepCall(
                new ReleaseId("r-1"),
                Sample.PRODUCTION,
                step,
                key,
                1,
                Sample.number(1, 0, 0),
                VERSION.manifest().digest(),
                new RecordingStepLog());
    }
}
