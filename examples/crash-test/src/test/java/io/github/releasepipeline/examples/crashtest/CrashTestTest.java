package io.github.releasepipeline.examples.crashtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short form; {@code -Dcrashes=1000} for a long one. */
@Timeout(3_600)
class CrashTestTest {
    @TempDir
    Path folder;

    @Test
    void whatever_is_killed_stopped_or_cut_off_nothing_acknowledged_is_lost_and_nothing_runs_twice() {
        int code = CrashTest.run(
                "--faults", System.getProperty("crashes", "8"), "--workers", "2", "--folder", folder.toString());
        assertThat(code).as("see what it printed").isZero();
    }
}
