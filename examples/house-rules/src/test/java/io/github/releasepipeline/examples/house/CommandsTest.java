package io.github.releasepipeline.examples.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands in documents work on a machine that has built nothing before. */
class CommandsTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern COMMAND = Pattern.compile("-pl (\\S+) -am compile exec:java");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern NAME = Pattern.compile("(?s)</parent>.*?<artifactId>([^<]+)</artifactId>");
    private static final Pattern DEPENDENCY =
            Pattern.compile("(?s)<dependency>\\s*<groupId>io\\.github\\.releasepipeline</groupId>\\s*"
                    + "<artifactId>([^<]+)</artifactId>(.*?)</dependency>");

    static Set<String> examples() {
        return DocumentsTest.documents().stream()
                .flatMap(document -> found(COMMAND, document))
                .map(command -> command.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Test
    void the_quickstart_is_among_the_commands() {
        assertThat(examples()).contains("examples/quickstart");
    }

    /** Jars of tests are made when a module is packaged, which is later than these commands go. */
    @ParameterizedTest
    @MethodSource("examples")
    void what_is_run_without_packaging_needs_no_jar_of_tests(String example) {
        Map<String, String> folders = folders();
        Set<String> needed = new LinkedHashSet<>(Set.of(example));
        Deque<String> open = new ArrayDeque<>(needed);
        while (!open.isEmpty()) {
            String folder = open.remove();
            List<MatchResult> dependencies =
                    found(DEPENDENCY, ROOT.resolve(folder).resolve("pom.xml")).toList();
            assertThat(dependencies)
                    .as("dependencies of %s, which %s needs", folder, example)
                    .allSatisfy(dependency -> assertThat(dependency.group(2)).doesNotContain("test-jar"));
            dependencies.stream()
                    .map(dependency -> folders.get(dependency.group(1)))
                    .filter(needed::add)
                    .forEach(open::add);
        }
        assertThat(needed).contains("pipeline-core");
    }

    private static Map<String, String> folders() {
        Map<String, String> folders = new HashMap<>();
        found(MODULE, ROOT.resolve("pom.xml"))
                .map(module -> module.group(1))
                .forEach(folder -> found(NAME, ROOT.resolve(folder).resolve("pom.xml"))
                        .findFirst()
                        .ifPresent(name -> folders.put(name.group(1), folder)));
        return folders;
    }

    private static Stream<MatchResult> found(Pattern pattern, Path file) {
        try {
            return pattern.matcher(Files.readString(file)).results();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
