package io.github.releasepipeline.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CheckSummary.Check;
import io.github.releasepipeline.source.CheckSummary.Status;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.tck.QualityGateContract;
import io.github.releasepipeline.tck.Sample;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChecksGateTest extends QualityGateContract {
    private final Judging judging = new Judging();
    private final List<CommitId> asked = new ArrayList<>();
    private List<Check> checks = List.of();

    @Override
    protected QualityGate newGate() {
        return gate();
    }

    @Override
    protected Artifacts acceptable() {
        checks = List.of(check("build", Status.PASSED));
        return Judging.flow("{}");
    }

    @Override
    protected Artifacts unacceptable() {
        checks = List.of(check("build", Status.FAILED));
        return Judging.flow("{}");
    }

    @Test
    void green_checks_of_the_versions_commit_pass() {
        checks = List.of(check("build", Status.PASSED), check("test", Status.PASSED));
        GateResult result = judging.ask(gate());
        assertThat(result.verdict()).isEqualTo(GateVerdict.PASSED);
        assertThat(result.summary()).isEqualTo("Checks passed (2/2)");
        assertThat(result.evidence())
                .containsEntry("commit", Sample.commit(1).hex())
                .containsEntry("check build", "PASSED https://ci.example/build");
        assertThat(asked).containsExactly(Sample.commit(1));
    }

    @Test
    void one_red_check_fails_even_while_others_run() {
        checks = List.of(check("build", Status.PENDING), check("test", Status.FAILED), check("scan", Status.FAILED));
        GateResult result = judging.ask(gate());
        assertThat(result.verdict()).isEqualTo(GateVerdict.FAILED);
        assertThat(result.summary()).isEqualTo("Checks failed: scan, test");
    }

    @Test
    void checks_that_run_or_speak_in_unknown_words_or_are_missing_are_waited_for() {
        checks = List.of(check("build", Status.PENDING), check("test", Status.UNKNOWN), check("lint", Status.PASSED));
        assertThat(judging.ask(gate()).summary()).isEqualTo("Checks: not known yet: build, test");
        assertThat(judging.ask(gate()).verdict()).isEqualTo(GateVerdict.INCONCLUSIVE);
        assertThat(judging.ask(gate().requiring("lint", "deploy")).summary())
                .isEqualTo("Checks: not known yet: deploy");
    }

    @Test
    void a_commit_that_nobody_checked_is_not_green() {
        GateResult result = judging.ask(gate());
        assertThat(result.verdict()).isEqualTo(GateVerdict.INCONCLUSIVE);
        assertThat(result.summary())
                .isEqualTo("Checks: nothing is reported of commit "
                        + Sample.commit(1).abbreviated());
    }

    @Test
    void checks_that_are_not_required_may_be_red() {
        checks = List.of(check("build", Status.PASSED), check("flaky", Status.FAILED));
        assertThat(judging.ask(gate().requiring("build")).summary()).isEqualTo("Checks passed (1/1)");
    }

    @Test
    void many_red_checks_are_told_briefly() {
        checks = List.of(
                check("a", Status.FAILED),
                check("b", Status.FAILED),
                check("c", Status.FAILED),
                check("d", Status.FAILED),
                check("e", Status.FAILED));
        assertThat(judging.ask(gate()).summary()).isEqualTo("Checks failed: a, b, c, d, e");
        checks = new ArrayList<>(checks);
        checks.add(check("f", Status.FAILED));
        checks.add(check("g", Status.FAILED));
        assertThat(judging.ask(gate()).summary()).isEqualTo("Checks failed: a, b, c, d, e and 2 more");
    }

    private ChecksGate gate() {
        return ChecksGate.of("Checks", commit -> {
            synchronized (asked) {
                asked.add(commit);
            }
            return new CheckSummary(checks);
        });
    }

    private static Check check(String name, Status status) {
        return new Check(name, status, "word", "", Optional.of(URI.create("https://ci.example/" + name)));
    }
}
