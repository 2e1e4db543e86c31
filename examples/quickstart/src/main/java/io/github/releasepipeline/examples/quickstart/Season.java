package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.version.VersionNumber;
import java.util.List;
import java.util.Locale;

/**
 * One telling of the story: five pull requests, one feature version and one hotfix. The first has pull requests #339 to
 * #343 and versions v1.3.0 and v1.3.1, the second #344 to #348 and v1.4.0 and v1.4.1, and so on.
 *
 * @param number from 1
 */
record Season(int number) {
    /** The pull request whose hotfix was in production before the first season. */
    static final long BEFORE = 338;

    private static final List<String> TOPICS =
            List.of("invoice", "receipt", "contract", "order", "claim", "onboarding");

    /** The season that made a version. */
    static Season of(VersionNumber version) {
        return new Season((int) Math.max(1, version.minor() - 2));
    }

    static List<String> topics() {
        return TOPICS;
    }

    Season next() {
        return new Season(number + 1);
    }

    /** What the season is about: {@code invoice}. */
    String topic() {
        return TOPICS.get((number - 1) % TOPICS.size());
    }

    /** How often the topic was there, this season included. */
    int generation() {
        return (number - 1) / TOPICS.size() + 1;
    }

    /** Optimizes a prompt; approved. */
    long prompt() {
        return BEFORE + 5L * (number - 1) + 1;
    }

    /** Updates the onboarding prompt; carol has to change it first. */
    long onboarding() {
        return prompt() + 1;
    }

    /** Fixes a timeout; waits for its review. */
    long timeout() {
        return prompt() + 2;
    }

    /** Adds the classification; approved. */
    long classification() {
        return prompt() + 3;
    }

    /** Comes later, and fails its smoke test. */
    long hotfix() {
        return prompt() + 4;
    }

    /** The members of the change set, as they are merged. */
    List<Long> merged() {
        return List.of(prompt(), timeout(), classification());
    }

    String changeSet() {
        return topic().substring(0, 1).toUpperCase(Locale.ROOT) + topic().substring(1) + " Processing v"
                + (generation() + 1);
    }

    /** The tag of the feature version: {@code v1.3.0}. */
    String version() {
        return "v1." + (number + 2) + ".0";
    }

    /** The agent that the hotfix calls, and that nobody has written yet. */
    String auditor() {
        return topic() + "-auditor" + (generation() == 1 ? "" : "-" + generation());
    }

    /** Release notes of the feature version; their first line becomes the tag's message. */
    String notes() {
        return """
                # Release %1$s: %2$s

                **Impact:** Improves %3$s extraction and adds its classification.

                **Migration:** No action required. Changes are backward compatible.

                **Rollback:** Safe to roll back. No database schema changes.

                ## Features
                - Add %3$s classification (#%4$d)

                ## Bug Fixes
                - Fix timeout in doc extraction (#%5$d)

                ## Performance
                - Optimize %3$s extraction prompt (#%6$d)
                """.formatted(version(), changeSet(), topic(), classification(), timeout(), prompt());
    }
}
