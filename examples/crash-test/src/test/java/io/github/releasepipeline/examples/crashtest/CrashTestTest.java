package io.github.releasepipeline.examples.crashtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A short form; {@code -Dcrashes=1000} for a long one. */
@Timeout(3_600)
class CrashTestTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

    @Test
    void whatever_is_killed_stopped_or_cut_off_nothing_acknowledged_is_lost_and_nothing_runs_twice() {
        int code = run("--faults", System.getProperty("crashes", "8"), "--workers", "2", "--folder", folder.toString());
        assertThat(code).as("see what it printed").isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "--faults, -5, '--faults is at least 0, not -5'",
        "--workers, 0, '--workers is at least 1, not 0'",
        "--lease, 0, '--lease is at least 1, not 0'",
        "--faults, many, 'Invalid value for option ''--faults'': ''many'' is not an int'"
    })
    void a_number_that_cannot_be_is_a_mistake_of_one_line(String option, String value, String complaint) {
        assertThat(run(option, value)).isEqualTo(2);
        assertThat(complaints.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines(complaint + " (--help tells what is possible)");
    }

    @Test
    void a_folder_that_is_a_file_is_a_mistake_of_one_line() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(run("--folder", file.toString())).isEqualTo(2);
        assertThat(complaints.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("--folder: '" + file + "' is no folder and cannot be made one"
                        + " (--help tells what is possible)");
    }

    private int run(String... arguments) {
        return CrashTest.run(new PrintStream(complaints, true, StandardCharsets.UTF_8), arguments);
    }
}
