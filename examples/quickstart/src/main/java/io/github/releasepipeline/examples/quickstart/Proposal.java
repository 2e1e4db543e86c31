package io.github.releasepipeline.examples.quickstart;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A pull request before it is written.
 *
 * @param number its number
 * @param name what stands behind the number in the branch's name
 * @param author who proposes it
 * @param ago how long ago
 * @param title its title
 * @param trailers reviews, checks and labels
 * @param changes path by path, what becomes of the text on the main branch; a new file is made of nothing
 */
record Proposal(
        long number,
        String name,
        String author,
        Duration ago,
        String title,
        String trailers,
        Map<String, UnaryOperator<String>> changes) {
    /** Trailers of a pull request that may be merged. */
    static final String ALL_CHECKS = """
            Check: workflow-validation passed DAG is valid, no cycles
            Check: schema-validation passed All node configs match schemas
            Check: unit-tests passed 47/47 tests passed
            Check: integration-tests passed End-to-end smoke tests passed
            Check: code-review passed 2/2 approvals
            """;

    String branch() {
        return "pr/" + number + "-" + name;
    }

    String message() {
        return title + "\n\n" + trailers;
    }
}
