package io.github.releasepipeline.examples.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code in documents is compiled code, links lead somewhere, and decisions are short. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");

    static List<Path> documents() {
        return Stream.concat(Stream.of(ROOT.resolve("CONTRIBUTING.md"), ROOT.resolve("README.md")), below("docs"))
                .toList();
    }

    static List<Path> decisions() {
        return below("docs/decisions").toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void code_in_a_document_is_compiled_code(Path document) {
        if (!document.endsWith("README.md")) { // the quickstart compares that one
            assertThat(DocumentedCode.problems(read(document), source -> read(ROOT.resolve(source))))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void links_within_the_project_lead_somewhere(Path document) {
        assertThat(read(document).stream()
                        .flatMap(line -> LINK.matcher(line).results())
                        .map((MatchResult link) -> link.group(1))
                        .filter(link -> !link.contains("://"))
                        .map(link -> document.resolveSibling(link)))
                .allSatisfy(linked -> assertThat(linked).exists());
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void a_decision_has_a_numbered_name_a_title_and_at_most_40_lines(Path decision) {
        assertThat(decision.getFileName().toString()).matches("[0-9]{3}-[a-z0-9-]+\\.md");
        assertThat(read(decision)).hasSizeBetween(3, 40).first().asString().startsWith("# ");
    }

    @Test
    void no_two_decisions_have_the_same_number() {
        assertThat(decisions())
                .extracting(decision -> decision.getFileName().toString().substring(0, 3))
                .doesNotHaveDuplicates()
                .isNotEmpty();
    }

    @Test
    void code_that_is_not_in_its_source_is_found() {
        List<String> source = List.of("class A {", "    int one;", "    int two;", "}");

        assertThat(problems(source, "<!-- from A.java -->", "```java", "int one;", "int two;", "```"))
                .isEmpty();
        assertThat(problems(source, "<!-- from A.java -->", "```java", "int one;", "int three;", "```"))
                .singleElement()
                .asString()
                .startsWith("This is not in A.java");
        assertThat(problems(source, "<!-- from A.java -->", "```java", "```")).hasSize(1);
        assertThat(problems(source, "```java", "int one;", "```"))
                .singleElement()
                .asString()
                .startsWith("A block of code does not say where it is from");
    }

    private static List<String> problems(List<String> source, String... document) {
        return DocumentedCode.problems(List.of(document), path -> source);
    }

    private static Stream<Path> below(String folder) {
        try (Stream<Path> found = Files.walk(ROOT.resolve(folder))) {
            return found.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
