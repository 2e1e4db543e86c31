package io.github.releasepipeline.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MistakesIT {
    @TempDir
    Path folder;

    @Test
    void unknown_options_name_the_nearest() {
        mistake("did you mean --json?", "--jsn");
        mistake("did you mean --data?", "--dta", "x");
        mistake("'extra'", "extra");
    }

    @Test
    void a_missing_or_wrong_value_is_named() {
        mistake("--data", "--data");
        mistake("'many' is not an int", "--repo", folder, "--limit", "many");
        mistake("1 to 500, not 0", "--repo", folder, "--limit", "0");
    }

    @Test
    void options_that_do_not_go_together_are_named() {
        mistake("--items needs --repo", "--items", "file=**");
        mistake("--limit needs --repo", "--limit", "3");
        mistake("cannot be used with --data", "--repo", folder, "--data", folder);
        mistake("cannot be used with --journal", "--repo", folder, "--journal", folder.resolve("j"));
    }

    @Test
    void items_say_what_is_allowed() {
        mistake("KIND=GLOB, for example workflow=", "--repo", folder, "--items", "workflows");
        mistake("KIND=GLOB", "--repo", folder, "--items", "=x");
        mistake("KIND=GLOB", "--repo", folder, "--items", "x=");
        mistake("a-z, 0-9 and '-'", "--repo", folder, "--items", "Work Flow=**");
        mistake("relative to the root", "--repo", folder, "--items", "file=/**");
        mistake("'file' twice", "--repo", folder, "--items", "file=a", "file=b");
    }

    @Test
    void a_glob_that_can_match_nothing_is_named() throws Exception {
        try (StoryRepository ignored = StoryRepository.at(folder.resolve("git"), Instant.now())) {
            mistake("can match no file: '['", "--repo", folder.resolve("git"), "--items", "file=[");
        }
    }

    @Test
    void a_path_that_is_no_repository_is_named() {
        mistake("no usable Git repository at '" + folder + "'", "--repo", folder);
        mistake("no usable Git repository", "--repo", folder.resolve("nowhere"));
    }

    @Test
    void a_data_folder_that_cannot_be_one_is_named() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        mistake("cannot be used", "--data", file);
        mistake("not an empty name", "--data", "");
        mistake("journal", "--data", folder.resolve("d"), "--journal", folder.resolve("none/journal"));
    }

    @Test
    void a_foreign_repository_in_the_data_folder_is_left_alone() throws Exception {
        Path lock = folder.resolve("repository/refs/heads/yarn.lock");
        Files.createDirectories(lock.getParent());
        Files.writeString(lock, "mine");

        mistake("is not a repository of this story", "--data", folder);
        assertThat(lock).exists();
    }

    @Test
    void a_data_folder_in_use_is_refused_at_once() throws Exception {
        try (FileChannel other =
                FileChannel.open(folder.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            other.lock();
            mistake("in use by another process", "--data", folder);
        }
    }

    @Test
    void a_locked_database_is_named_and_does_not_hang() throws Exception {
        Path database = folder.resolve("pipeline.db");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = other.createStatement()) {
            statement.execute("begin exclusive");
            long begin = System.nanoTime();
            mistake("'" + database + "' is locked by another process", "--data", folder);
            assertThat(System.nanoTime() - begin).isLessThan(10_000_000_000L);
        }
    }

    @Test
    void a_file_that_is_no_database_is_named() throws Exception {
        Files.writeString(folder.resolve("pipeline.db"), "this is a letter to my aunt, and not a database at all");
        mistake("pipeline.db' cannot be used", "--data", folder);
    }

    @Test
    void help_and_version_are_no_mistakes() {
        assertThat(Run.of("--help").text()).contains("--repo=PATH", "--data=DIR", "--items=KIND=GLOB", "--json");
        assertThat(Run.of("--version").text()).contains("quickstart");
        assertThat(Run.of("--help").exitCode()).isZero();
    }

    /** Exit code 2 and one clear line. */
    private static void mistake(String words, Object... args) {
        Run run = Run.of(args);
        assertThat(run.err()).singleElement().satisfies(line -> assertThat(line).contains(words));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }
}
