package io.github.releasepipeline.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.target.StepLog;
import io.github.releasepipeline.tck.QualityGateContract;
import io.github.releasepipeline.tck.TextArtifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CommandGateTest extends QualityGateContract {
    private final Judging judging = new Judging();

    @TempDir
    Path folder;

    @Override
    protected QualityGate newGate() {
        return CommandGate.run("Lint", "grep", "-q", "good", Judging.FLOW);
    }

    @Override
    protected Artifacts acceptable() {
        return Judging.flow("a good flow");
    }

    @Override
    protected Artifacts unacceptable() {
        return Judging.flow("a bad flow");
    }

    @Test
    void a_command_that_ends_well_passes_and_its_last_line_is_told() {
        GateResult result = judging.ask(shell("echo begin; echo; echo 3/3; echo"));
        assertThat(result.verdict()).isEqualTo(GateVerdict.PASSED);
        assertThat(result.summary()).isEqualTo("Smoke tests passed (3/3)");
        assertThat(result.evidence()).containsEntry("exit code", "0");
        assertThat(judging.log.lines()).containsExactly("info: begin", "info: 3/3");
    }

    @Test
    void another_exit_code_fails_unless_it_says_that_it_could_not_judge() {
        assertThat(judging.ask(shell("echo 1 of 3 failed >&2; exit 4")).summary())
                .isEqualTo("Smoke tests failed (1 of 3 failed)");
        GateResult unsure = judging.ask(shell("exit 75").inconclusiveOn(75));
        assertThat(unsure.verdict()).isEqualTo(GateVerdict.INCONCLUSIVE);
        assertThat(unsure.summary()).isEqualTo("Smoke tests could not judge");
        assertThat(judging.ask(shell("exit 4").inconclusiveOn(75)).verdict()).isEqualTo(GateVerdict.FAILED);
    }

    @Test
    void a_command_that_is_not_there_is_inconclusive() {
        GateResult result = judging.ask(CommandGate.run("Scan", "/no/such/program"));
        assertThat(result.verdict()).isEqualTo(GateVerdict.INCONCLUSIVE);
        assertThat(result.summary()).startsWith("Scan could not run: ");
    }

    @Test
    void arguments_are_not_read_by_a_shell() {
        judging.ask(CommandGate.run("Echo", "echo", "$HOME; echo two", "*"));
        assertThat(judging.log.lines()).containsExactly("info: $HOME; echo two *");
    }

    @Test
    void it_finds_the_items_of_the_version_in_its_folder_and_nothing_is_left() {
        Artifacts artifacts = TextArtifacts.of(Map.of("workflows/a.json", "one", "workflows/deep/b.json", "two"));
        judging.ask(shell("pwd; cat workflows/a.json workflows/deep/b.json; mkdir more; ln -s / more/link"), artifacts);
        List<String> lines = judging.log.lines();
        assertThat(lines).last().isEqualTo("info: onetwo");
        assertThat(Path.of(lines.get(0).substring("info: ".length()))).doesNotExist();
    }

    @Test
    void an_item_does_not_lead_out_of_the_folder() {
        GateResult result = judging.ask(shell("true"), TextArtifacts.of(Map.of("../../evil", "x")));
        assertThat(result.verdict()).isEqualTo(GateVerdict.INCONCLUSIVE);
        assertThat(result.summary())
                .isEqualTo("Smoke tests could not run: item '../../evil' would lie outside the folder");
    }

    @Test
    void it_may_run_in_a_folder_that_is_there() throws IOException {
        Files.writeString(folder.resolve("here"), "found");
        judging.ask(shell("cat here; echo left > left").in(folder));
        assertThat(judging.log.lines()).containsExactly("info: found");
        assertThat(folder.resolve("left")).exists();
    }

    @Test
    void it_knows_what_it_judges_and_sees_no_secret_of_this_process() {
        judging.ask(shell("env").with("MODE", "strict"));
        assertThat(judging.log.lines())
                .contains(
                        "info: RELEASE_VERSION=v1.3.0",
                        "info: RELEASE_ENVIRONMENT=production",
                        "info: MODE=strict",
                        "info: PATH=" + System.getenv("PATH"));
        Set<String> hidden = new TreeSet<>(System.getenv().keySet());
        hidden.removeAll(Set.of("PATH", "HOME", "LANG", "TMPDIR", "PWD", "OLDPWD", "SHLVL", "_"));
        assertThat(hidden).as("what must not be seen").isNotEmpty();
        assertThat(judging.log.lines())
                .noneMatch(line -> hidden.stream().anyMatch(name -> line.startsWith("info: " + name + "=")));
    }

    @Test
    void secrets_that_are_handed_over_are_not_told() {
        CommandGate gate = shell("echo key is $KEY and $KEY$OTHER; exit 1")
                .withSecret("KEY", "abc")
                .withSecret("OTHER", "abcdef");
        assertThat(judging.ask(gate).summary()).isEqualTo("Smoke tests failed (key is *** and ***)");
        assertThat(judging.log.lines()).containsExactly("info: key is *** and ***");
    }

    @Test
    void a_secret_that_ends_with_a_line_break_is_not_told() {
        judging.ask(shell("echo \"key is $KEY, is it\"").withSecret("KEY", "abc\n"));
        assertThat(judging.log.lines()).containsExactly("info: key is ***", "info: , is it");
    }

    @Test
    void no_line_of_a_secret_is_told_but_those_that_say_nothing() {
        String key = "-----BEGIN KEY-----\r\n  c2VjcmV0\r\n}\r\n-----END KEY-----\r\n";
        judging.ask(shell("echo \"$KEY\"; echo $KEY; echo done }").withSecret("KEY", key));
        assertThat(judging.log.lines())
                .containsExactly(
                        "info: ***", "info: ***", "info: }", "info: ***", "info: *** *** } ***", "info: done }");
    }

    @Test
    void a_secret_that_is_longer_than_a_line_of_the_log_is_not_told() {
        judging.ask(shell("echo key is $KEY, is it").withSecret("KEY", "abcdefg".repeat(1_000)));
        assertThat(judging.log.lines()).containsExactly("info: key is ***");
    }

    @Test
    void the_beginning_of_a_secret_that_a_long_line_is_cut_within_is_not_told() {
        // the cut lies between the two bytes of the ü, which a shell in any locale writes so
        judging.ask(shell("head -c 1988 /dev/zero | tr '\\0' ' '; printf 'key is abcd\\303\\274fgh\\n'")
                .withSecret("KEY", "abcdüfgh"));
        assertThat(judging.log.lines()).containsExactly("info: key is ***");
    }

    @Test
    void a_secret_that_begins_with_another_is_not_told_where_a_long_line_is_cut() {
        judging.ask(shell("head -c 1995 /dev/zero | tr '\\0' ' '; echo \"$OTHER\"")
                .withSecret("KEY", "abc")
                .withSecret("OTHER", "abcdef"));
        assertThat(judging.log.lines()).containsExactly("info: ***");
    }

    @Test
    void there_is_nothing_to_read() {
        assertThat(judging.ask(shell("read line || echo nothing")).summary()).isEqualTo("Smoke tests passed (nothing)");
    }

    @Test
    void a_command_that_takes_too_long_is_killed_though_it_ignores_requests() {
        GateResult result = judging.ask(shell("trap '' TERM INT HUP; echo $$; while true; do sleep 600; done")
                .within(Duration.ofSeconds(2)));
        assertThat(result.verdict()).isEqualTo(GateVerdict.INCONCLUSIVE);
        assertThat(result.summary()).startsWith("Smoke tests did not end within 2 seconds (");
        await(() -> !isAlive(pid(0)));
    }

    @Test
    void everything_that_a_command_started_is_killed_with_it() {
        judging.ask(shell("sh -c 'trap \"\" TERM; echo $$; sleep 600 & echo $!; wait' & sleep 600")
                .within(Duration.ofSeconds(2)));
        assertThat(judging.log.lines()).hasSizeGreaterThanOrEqualTo(2);
        await(() -> !isAlive(pid(0)) && !isAlive(pid(1)));
    }

    @Test
    void what_a_command_leaves_behind_does_not_hold_up_the_gate() {
        GateResult result = judging.ask(shell("sleep 600 & echo $!; sleep 0.3; exit 0"));
        assertThat(result.verdict()).isEqualTo(GateVerdict.PASSED);
        await(() -> !isAlive(pid(0)));
    }

    @Test
    void a_flood_of_output_is_read_and_mostly_dropped() {
        GateResult result = judging.ask(shell("i=0; while [ $i -lt 1500 ]; do echo line $i; i=$((i+1)); done;"
                + " head -c 20000000 /dev/zero | tr '\\0' x; echo; echo the end"));
        assertThat(result.summary()).isEqualTo("Smoke tests passed (the end)");
        assertThat(judging.log.lines())
                .hasSize(1001)
                .last()
                .isEqualTo("warning: 502 more lines of the command are left out");
        assertThat(judging.log.lines()).allMatch(line -> line.length() < 520);
    }

    @Test
    void a_log_that_is_slower_than_the_command_loses_nothing() throws IOException {
        SlowLog slow = new SlowLog();
        CommandOutput output = new CommandOutput(slow, Secrets.none());
        CommandRun.of(
                List.of("sh", "-c", "i=0; while [ $i -lt 60 ]; do echo $i; i=$((i+1)); done"),
                folder,
                Map.of("PATH", System.getenv("PATH")),
                output,
                Duration.ofSeconds(30));
        assertThat(slow.told).hasSize(60).last().isEqualTo("59");
    }

    @Test
    void an_endless_flood_ends_with_the_time() {
        GateResult result = judging.ask(CommandGate.run("Flood", "yes").within(Duration.ofMillis(500)));
        assertThat(result.verdict()).isEqualTo(GateVerdict.INCONCLUSIVE);
        assertThat(judging.log.lines()).hasSize(1001);
    }

    @Test
    void a_thread_that_is_interrupted_kills_the_command_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        GateResult result = judging.ask(shell("sleep 600").in(folder));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.verdict()).isEqualTo(GateVerdict.INCONCLUSIVE);
    }

    @Test
    void a_time_limit_is_positive() {
        assertThatThrownBy(() -> shell("true").within(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private static CommandGate shell(String script) {
        return CommandGate.run("Smoke tests", "sh", "-c", script);
    }

    /** The number that stands in a line of the log. */
    private long pid(int line) {
        return Long.parseLong(judging.log.lines().get(line).substring("info: ".length()));
    }

    /** A zombie that nobody waits for is dead. */
    private static boolean isAlive(long pid) {
        try (Stream<String> status = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return status.noneMatch(line -> line.startsWith("State:") && line.contains("Z"));
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** Takes its time for each line. */
    private static final class SlowLog implements StepLog {
        private final List<String> told = new ArrayList<>();

        @Override
        public void info(String line) {
            told.add(line);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
        }

        @Override
        public void success(String line) {
            info(line);
        }

        @Override
        public void warning(String line) {
            info(line);
        }

        @Override
        public void error(String line) {
            info(line);
        }
    }
}
