package io.github.releasepipeline.examples.house;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Java code in a document: each block stands below a line {@code <!-- from path/of/Source.java -->} and is part of that
 * source, but for its indentation.
 */
final class DocumentedCode {
    private static final String FROM = "<!-- from ";

    private DocumentedCode() {}

    /**
     * What is wrong with a document's code; empty if all of it is compiled code.
     *
     * @param document its lines
     * @param sources the lines of a source by its path
     */
    static List<String> problems(List<String> document, Function<String, List<String>> sources) {
        List<String> problems = new ArrayList<>();
        for (int begin = 0; begin < document.size(); begin++) {
            if (document.get(begin).equals("```java")) {
                List<String> block = block(document, begin + 1);
                String above = begin == 0 ? "" : document.get(begin - 1);
                problem(block, above, sources).forEach(problems::add);
            }
        }
        return problems;
    }

    private static Stream<String> problem(List<String> block, String above, Function<String, List<String>> sources) {
        if (!above.startsWith(FROM)) {
            return Stream.of("A block of code does not say where it is from: " + block);
        }
        String source = above.substring(FROM.length(), above.indexOf(" -->"));
        return Collections.indexOfSubList(significant(sources.apply(source)), significant(block)) >= 0
                        && !block.isEmpty()
                ? Stream.of()
                : Stream.of("This is not in " + source + ": " + block);
    }

    private static List<String> block(List<String> document, int begin) {
        return document.subList(begin, document.size()).stream()
                .takeWhile(line -> !line.equals("```"))
                .toList();
    }

    private static List<String> significant(List<String> lines) {
        return lines.stream().map(String::strip).toList();
    }
}
