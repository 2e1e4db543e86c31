package io.github.releasepipeline.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jdbc.JdbcEnvironment;
import io.github.releasepipeline.jgit.GitPullRequests;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeIT {
    private static final Path README = Path.of("..", "..", "README.md");
    private static final Path SAMPLE =
            Path.of("src/test/java/io/github/releasepipeline/examples/quickstart/ReadmeSample.java");

    @TempDir
    Path folder;

    @Test
    void the_sample_of_the_readme_runs() throws Exception {
        // given
        Path clone = folder.resolve("clone");
        Season season = new Season(1);
        try (StoryRepository people = StoryRepository.at(clone, Instant.now());
                GitRepository repository = GitRepository.at(clone)) {
            people.propose(season);
            people.answerReview(season);
            GitPullRequests source = GitPullRequests.of(repository, List.of(ItemKind.of("file", "**")));
            for (long number : season.merged()) {
                assertThat(source.merge(new MergeRequest(
                                number,
                                source.pullRequest(number).pullRequest().head(),
                                Optional.empty(),
                                Actor.user("alice"),
                                Instant.now())))
                        .isInstanceOf(MergeOutcome.Merged.class);
            }
        }
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream realOut = System.out;
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        // when
        Path environments = folder.resolve("environments.db");
        try (JdbcEnvironment staging = JdbcEnvironment.embedded(environments, new EnvironmentName("staging"));
                JdbcEnvironment production =
                        JdbcEnvironment.embedded(environments, new EnvironmentName("production"))) {
            try {
                ReadmeSample.run(clone, folder.resolve("pipeline.db"), staging, production);
            } finally {
                System.setOut(realOut);
            }
            // then
            assertThat(production.active())
                    .hasValueSatisfying(items -> assertThat(items.version()).isEqualTo("v0.1.0"));
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("is now active in production");
    }

    @Test
    void the_readme_shows_the_sample_as_it_is() throws Exception {
        assertThat(Files.readString(README)).contains("```java\n" + sample() + "```");
    }

    /** What stands between the marks, without the indentation of the method. */
    private static String sample() throws Exception {
        String source = Files.readString(SAMPLE);
        String begin = "// sample:begin\n";
        return source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// sample:end"))
                .stripIndent();
    }
}
