package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static io.github.releasepipeline.PipelineFixture.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.memory.ScriptedGate;
import io.github.releasepipeline.policy.CanaryPolicy;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.GatePolicy.Asking;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.SampledGate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Quality gates in a pipeline: sampled, judged by people, and fresh for a while. */
class QualityGateTest {
    private final PipelineFixture fixture = new PipelineFixture();
    private final ScriptedGate rate = ScriptedGate.passing("Error rate");

    @AfterEach
    void close() {
        fixture.auditIsIntact();
        fixture.close();
    }

    @Test
    void a_sampled_gate_is_asked_until_it_was_green_for_long_enough() {
        // given
        Pipeline pipeline = gated(env -> env.gate(
                rate,
                gate -> gate.settle(Duration.ofSeconds(30))
                        .every(Duration.ofSeconds(10))
                        .greenFor(Duration.ofSeconds(10))
                        .timeout(Duration.ofMinutes(5))));
        Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "gated");
        // when
        await(() -> deployment.release().lastAttempt().orElseThrow().steps().size() == 2);
        fixture.clock.advance(Duration.ofSeconds(30));
        await(() -> samples(deployment, "Error rate") == 1);
        fixture.clock.advance(Duration.ofSeconds(10));
        Release release = deployment.await(LONG);
        // then
        assertThat(release.state().kind()).isEqualTo(Kind.SUCCEEDED);
        assertThat(gate(release, 1).samples()).isEqualTo(2);
        assertThat(fixture.log(release.id()))
                .anyMatch(line -> line.endsWith("Error rate passed (sample 1, green for 0 seconds of 10 seconds)"))
                .anyMatch(line -> line.endsWith("✓ Error rate passed (sample 2, green for 10 seconds of 10 seconds)"));
        assertThat(release.took()).as("the wait is part of it").contains(Duration.ofSeconds(40));
    }

    @Test
    void sampling_goes_on_on_another_node_after_a_crash() {
        // given
        Pipeline first = gated(env -> sampled(env));
        Deployment deployment = fixture.deploy(first, fixture.version(first), "gated");
        await(() -> gateOf(deployment).isPresent());
        first.close();
        // when
        Pipeline second = gated(env -> sampled(env));
        second.maintain();
        fixture.clock.advance(Duration.ofSeconds(20));
        Release release = second.as(ALICE).releases().follow(deployment.id()).await(LONG);
        // then
        assertThat(release.state().kind()).isEqualTo(Kind.SUCCEEDED);
        assertThat(gate(release, 1).samples()).isEqualTo(2);
        assertThat(gate(release, 1).lasting()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void a_gate_that_is_red_too_often_fails_the_version() {
        Pipeline pipeline = gated(env -> env.gate(
                rate,
                gate -> gate.greenFor(Duration.ofSeconds(1))
                        .every(Duration.ofSeconds(5))
                        .timeout(Duration.ofSeconds(5))));
        rate.answerNext(GateResult.failed("3 % errors"));
        Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "gated");
        await(() -> gateOf(deployment).isPresent());
        fixture.clock.advance(Duration.ofSeconds(5));
        assertThat(deployment.await(LONG).state()).isInstanceOfSatisfying(ReleaseState.Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(FailureKind.FAILED);
            assertThat(failed.step()).isEqualTo(Step.QUALITY_GATES);
            assertThat(failed.message()).contains("not green for 1 second within 5 seconds (2 samples, 1 failed)");
        });
    }

    @Test
    void a_release_that_waits_for_a_sample_is_called_off_at_once() {
        Pipeline pipeline = gated(env -> env.gate(rate, gate -> gate.settle(Duration.ofMinutes(20))));
        Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "gated");
        await(() -> deployment.release().lastAttempt().orElseThrow().steps().size() == 2);
        pipeline.as(ALICE).releases().cancel(deployment.id(), "no more");
        assertThat(deployment.await(LONG).state().kind()).isEqualTo(Kind.CANCELLED);
        assertThat(rate.judged()).isEmpty();
    }

    @Test
    void a_release_is_called_off_while_a_gate_judges_and_what_the_gate_says_then_is_not_heard() {
        // given
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        rate.next(context -> {
            asked.countDown();
            PipelineFixture.await(go);
            return GateResult.passed("too late");
        });
        ScriptedGate scan = ScriptedGate.passing("Scan");
        Pipeline pipeline = gated(env -> env.gate(rate).gate(scan));
        Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "gated");
        PipelineFixture.await(asked);
        // when
        pipeline.as(ALICE).releases().cancel(deployment.id(), "no more");
        go.countDown();
        // then
        Release release = deployment.await(LONG);
        assertThat(release.state().kind()).isEqualTo(Kind.CANCELLED);
        assertThat(gateOf(deployment)).isEmpty();
        assertThat(scan.judged()).isEmpty();
        assertThat(fixture.log(release.id())).noneMatch(line -> line.contains("too late"));
    }

    @Test
    void a_person_judges_and_the_release_goes_on() {
        // given
        Pipeline pipeline = gated(env -> env.gateByPerson("Change board"));
        Release waiting =
                fixture.deploy(pipeline, fixture.version(pipeline), "gated").await(LONG);
        assertThat(waiting.state().kind()).isEqualTo(Kind.PAUSED);
        assertThat(pipeline.as(BOB).releases().actions(waiting.id())).contains(ReleaseAction.JUDGE);
        // when
        Release release = pipeline.as(BOB)
                .releases()
                .judge(waiting.id(), "Change board", GateVerdict.PASSED, "looks fine")
                .await(LONG);
        // then
        assertThat(release.state().kind()).isEqualTo(Kind.SUCCEEDED);
        assertThat(release.attempts()).extracting(Attempt::fencingToken).containsExactly(2L);
        assertThat(fixture.log(release.id()))
                .anyMatch(line -> line.endsWith("] Waiting for the verdict of a person: Change board"))
                .anyMatch(line -> line.endsWith("] ✓ Change board passed (bob: looks fine)"));
        AuditRecord record = pipeline.as(ALICE).audit().of(release.id()).stream()
                .filter(entry -> entry.event() instanceof ReleaseEvent.GateJudged)
                .findFirst()
                .orElseThrow();
        assertThat(record.stamp().actor()).isEqualTo(BOB);
        assertThat(record.stamp().reason()).contains("looks fine");
    }

    @Test
    void an_explanation_names_the_gate_that_waits_for_a_person_and_what_gates_have_said() {
        // given
        Pipeline pipeline = gated(env -> env.gateByPerson("Change board"));
        ReleaseId id = fixture.deploy(pipeline, fixture.version(pipeline), "gated")
                .await(LONG)
                .id();
        // then
        assertThat(pipeline.as(BOB).releases().explain(id).conditions())
                .filteredOn(condition -> condition.code().equals("release.gate"))
                .extracting(Condition::text, Condition::remedies)
                .containsExactly(tuple(
                        "Release " + id + " waits for a verdict of quality gate 'Change board' by a person",
                        List.of("Judge by a person")));
        // when
        pipeline.as(BOB)
                .releases()
                .judge(id, "Change board", GateVerdict.FAILED, "not today")
                .await(LONG);
        // then
        assertThat(pipeline.as(BOB).releases().explain(id).conditions())
                .filteredOn(condition -> condition.code().equals("release.gate"))
                .extracting(Condition::text)
                .containsExactly("Quality gate 'Change board' failed: Change board failed (bob: not today)");
    }

    @Test
    void a_person_judges_against_it_and_the_version_has_failed() {
        Pipeline pipeline = gated(env -> env.gateByPerson("Change board"));
        Release waiting =
                fixture.deploy(pipeline, fixture.version(pipeline), "gated").await(LONG);
        Release release = pipeline.as(BOB)
                .releases()
                .judge(waiting.id(), "Change board", GateVerdict.FAILED, "too risky")
                .await(LONG);
        assertThat(release.state()).isInstanceOfSatisfying(ReleaseState.Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(FailureKind.FAILED);
            assertThat(failed.message()).isEqualTo("Quality gate 'Change board': Change board failed (bob: too risky)");
        });
    }

    @Test
    void the_requester_does_not_judge_where_their_votes_are_refused() {
        Pipeline pipeline = gated(env -> env.gateByPerson("Change board"));
        Release waiting =
                fixture.deploy(pipeline, fixture.version(pipeline), "gated").await(LONG);
        Releases releases = pipeline.as(ALICE).releases();
        assertThatThrownBy(() -> releases.judge(waiting.id(), "Change board", GateVerdict.PASSED, "mine"))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.rule()).isEqualTo("release.vote.requester"));
        assertThatThrownBy(() -> releases.judge(waiting.id(), "Change board", GateVerdict.INCONCLUSIVE, "well"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(releases.get(waiting.id())).isEqualTo(waiting);
    }

    @Test
    void a_release_that_waits_for_a_person_can_be_called_off_and_frees_the_environment() {
        Pipeline pipeline = gated(env -> env.gateByPerson("Change board"));
        Deployment deployment = fixture.deploy(pipeline, fixture.version(pipeline), "gated");
        deployment.await(LONG);
        pipeline.as(ALICE).releases().cancel(deployment.id(), "nobody comes");
        await(() -> deployment.release().state().kind() == Kind.CANCELLED);
        assertThat(deployment.release().lastAttempt().orElseThrow().steps())
                .last()
                .satisfies(run -> assertThat(run.summary()).isEqualTo("broken off"));
        assertThat(pipeline.as(ALICE).environments().get("gated").running()).isEmpty();
    }

    @Test
    void a_verdict_survives_a_crash_before_the_release_goes_on() {
        // given
        Pipeline first = gated(env -> env.gateByPerson("Change board"));
        Release waiting = fixture.deploy(first, fixture.version(first), "gated").await(LONG);
        first.close();
        first.as(BOB).releases().judge(waiting.id(), "Change board", GateVerdict.PASSED, "fine");
        // when
        Pipeline second = gated(env -> env.gateByPerson("Change board"));
        second.maintain();
        // then
        assertThat(second.as(ALICE).releases().follow(waiting.id()).await(LONG).succeeded())
                .isTrue();
    }

    @Test
    void a_retry_runs_only_gates_again_that_are_not_fresh_any_more() {
        // given
        ScriptedGate scan = ScriptedGate.passing("Scan").answerNext(GateResult.failed("a hole"));
        Pipeline pipeline = gated(env ->
                env.gate(rate, gate -> gate.freshFor(Duration.ofMinutes(10))).gate(scan));
        Release failed =
                fixture.deploy(pipeline, fixture.version(pipeline), "gated").await(LONG);
        // when
        fixture.clock.advance(Duration.ofMinutes(5));
        Release release = pipeline.as(ALICE).releases().retry(failed.id()).await(LONG);
        // then
        assertThat(release.succeeded()).isTrue();
        assertThat(rate.judged()).hasSize(1);
        assertThat(scan.judged()).hasSize(2);
        assertThat(fixture.log(release.id()))
                .anyMatch(line -> line.endsWith("✓ Error rate passed (from 5 minutes ago)"));
    }

    @Test
    void a_gate_may_say_itself_how_it_is_sampled_and_the_environment_may_say_otherwise() {
        Pipeline pipeline = gated(env -> env.gate(new Wishful())
                .gate(ScriptedGate.passing("plain"))
                .gate(ScriptedGate.passing("usual"), gate -> gate.every(Duration.ofSeconds(5))));
        assertThat(pipeline.as(ALICE).environments().policy("gated").gates())
                .containsExactly(
                        new GatePolicy("wishful", Duration.ZERO, new Wishful().sampling()),
                        GatePolicy.once("plain"),
                        new GatePolicy(
                                "usual",
                                Duration.ZERO,
                                new Asking.Sampled(
                                        Duration.ZERO, Duration.ofSeconds(5), Duration.ZERO, Duration.ofMinutes(30))));
        Pipeline other = fixture.build(fixture.bare(fixture.memory)
                .environment(
                        "gated",
                        fixture.staging,
                        env -> env.gate(new Wishful(), gate -> gate.timeout(Duration.ofHours(3)))));
        Asking.Sampled wish = new Wishful().sampling();
        assertThat(other.as(ALICE).environments().policy("gated").gates())
                .containsExactly(new GatePolicy(
                        "wishful",
                        Duration.ZERO,
                        new Asking.Sampled(wish.settle(), wish.every(), wish.greenFor(), Duration.ofHours(3))));
        fixture.version(pipeline);
    }

    @Test
    void a_file_says_how_gates_are_asked_and_code_who_answers() {
        GatePolicy scan = new GatePolicy("Scan", Duration.ofHours(4), new Asking.Once());
        GatePolicy board = GatePolicy.byPerson("Change board", Optional.empty());
        CanaryPolicy canary = new CanaryPolicy(10, List.of(GatePolicy.once("Error rate")));
        EnvironmentPolicy plain = EnvironmentPolicy.of(Tier.STAGING);
        EnvironmentPolicy read = plain.gates(List.of(scan, board, GatePolicy.once("wishful")))
                .steps(plain.steps().canary(canary));
        Pipeline pipeline = gated(env -> env.demanding(read)
                .gate(new Wishful())
                .gate(ScriptedGate.passing("Scan"))
                .canary(more -> more.gate(rate, gate -> gate.every(Duration.ofSeconds(5)))));
        EnvironmentPolicy policy = pipeline.as(ALICE).environments().policy("gated");
        assertThat(policy.gates())
                .as("a gate of which the file says nothing is asked as it wishes")
                .containsExactly(scan, board, new GatePolicy("wishful", Duration.ZERO, new Wishful().sampling()));
        assertThat(policy.steps().canary())
                .hasValueSatisfying(made -> assertThat(made.gates().get(0).asking())
                        .as("what is said in code comes on top")
                        .isInstanceOfSatisfying(
                                Asking.Sampled.class,
                                sampled -> assertThat(sampled.every()).isEqualTo(Duration.ofSeconds(5))));
        assertThatThrownBy(() -> gated(env -> env.demanding(read).gate(ScriptedGate.passing("Change board"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("gate 'Scan' is demanded, and nobody answers: add it with gate(…)")
                .hasMessageContaining("canary: gate 'Error rate' is demanded, and nobody answers")
                .hasMessageContaining("gate 'Change board' is for a person to judge, and is in code too");
        fixture.version(pipeline);
    }

    @Test
    void a_gate_that_a_person_judges_is_not_replaced_by_code_of_the_same_name() {
        EnvironmentPolicy plain = EnvironmentPolicy.of(Tier.STAGING);
        EnvironmentPolicy read = plain.gates(List.of(GatePolicy.byPerson("Scan", Optional.of("cab"))));
        assertThatThrownBy(() -> gated(env -> env.demanding(read)
                        .gate(ScriptedGate.passing("Scan"), gate -> gate.freshFor(Duration.ofHours(1)))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("gate 'Scan' is for a person to judge, and is in code too");
        fixture.version(fixture.start());
    }

    @Test
    void what_cannot_be_is_told_when_the_pipeline_is_built() {
        assertThatThrownBy(() -> gated(env -> env.gate(rate, gate -> gate.every(Duration.ofMillis(5)))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "Environment 'gated': gate 'Error rate': Samples must be at least PT1S apart, not PT0.005S");
        assertThatThrownBy(() -> gated(env -> env.gate(rate).gateByPerson("Error rate")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("two gates have the same name");
        fixture.version(fixture.start());
    }

    @Test
    void two_workers_that_judge_at_once_record_the_verdict_of_the_newer_one() {
        // given
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        rate.next(context -> {
            asked.countDown();
            PipelineFixture.await(go);
            return GateResult.failed("from the old world");
        });
        Pipeline first = gated(env -> env.gate(rate));
        Deployment deployment = fixture.deploy(first, fixture.version(first), "gated");
        PipelineFixture.await(asked);
        // when
        Pipeline second = gated(env -> env.gate(rate));
        second.maintain();
        Release release = second.as(ALICE).releases().follow(deployment.id()).await(LONG);
        go.countDown();
        first.close();
        // then
        assertThat(release.succeeded()).isTrue();
        assertThat(second.as(ALICE).releases().get(release.id())).isEqualTo(release);
        assertThat(fixture.log(release.id())).noneMatch(line -> line.contains("old world"));
    }

    private EnvironmentBuilder sampled(EnvironmentBuilder env) {
        return env.gate(
                rate,
                gate -> gate.every(Duration.ofSeconds(20))
                        .greenFor(Duration.ofSeconds(15))
                        .timeout(Duration.ofMinutes(5)));
    }

    private Pipeline gated(Consumer<EnvironmentBuilder> gates) {
        return fixture.build(fixture.bare(fixture.memory).environment("gated", fixture.staging, gates));
    }

    private static Optional<GateRun> gateOf(Deployment deployment) {
        return deployment.release().lastAttempt().orElseThrow().steps().stream()
                .flatMap(run -> run.gates().stream())
                .findFirst();
    }

    private static GateRun gate(Release release, int step) {
        List<GateRun> gates =
                release.lastAttempt().orElseThrow().steps().get(step).gates();
        assertThat(gates).hasSize(1);
        return gates.get(0);
    }

    private static void await(BooleanSupplier condition) {
        org.awaitility.Awaitility.await().atMost(LONG).until(condition::getAsBoolean);
    }

    /** Wants to be sampled. */
    private static final class Wishful implements SampledGate {
        @Override
        public Asking.Sampled sampling() {
            return new Asking.Sampled(
                    Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofHours(1));
        }

        @Override
        public String name() {
            return "wishful";
        }

        @Override
        public GateResult evaluate(GateContext context) {
            return GateResult.passed("as wished");
        }
    }
}
