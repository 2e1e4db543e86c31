package io.github.releasepipeline.examples.quickstart;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The pull requests of a season. */
final class SeasonProposals {
    private final Season season;
    private final String topic;

    SeasonProposals(Season season) {
        this.season = season;
        this.topic = season.topic();
    }

    /** Those that are there when the season begins. */
    List<Proposal> atFirst() {
        return List.of(prompt(), classification(), timeout(), onboarding());
    }

    private Proposal prompt() {
        String text = "Read the fields of the " + topic + ", " + season.generation() + ".";
        return new Proposal(
                season.prompt(),
                "optimize-prompt",
                "carol",
                Duration.ofDays(3),
                "Optimize " + topic + " extraction prompt",
                "Labels: performance, " + topic + "-processing\nReviewed-by: alice\n" + Proposal.ALL_CHECKS,
                Map.of(StoryFiles.agent(topic + "-agent"), agent -> StoryFiles.withPrompt(agent, text)));
    }

    private Proposal classification() {
        String id = "validate-" + season.generation();
        String node = "{\"id\": \"" + id + "\", \"type\": \"validation\"}";
        Map<String, UnaryOperator<String>> changes = new TreeMap<>();
        changes.put(
                StoryFiles.workflow(topic + "-extraction"),
                workflow -> StoryFiles.withNode(workflow, node, id, "extract"));
        changes.put(
                StoryFiles.workflow(topic + "-classification"),
                workflow -> workflow.isEmpty()
                        ? StoryFiles.classification(topic)
                        : StoryFiles.withNode(workflow, node, id, "classify"));
        changes.put(
                StoryFiles.agent(topic + "-agent"),
                agent -> StoryFiles.withTool(agent, "classify-" + season.generation()));
        if (season.number() > 1) {
            // What was missing in the season before.
            String auditor = new Season(season.number() - 1).auditor();
            changes.put(StoryFiles.agent(auditor), nothing -> StoryFiles.agent(auditor, "Look for doubtful amounts."));
        }
        return new Proposal(
                season.classification(),
                "classification",
                "alice",
                Duration.ofDays(2),
                "Add " + topic + " classification",
                "Labels: feature, " + topic + "-processing\nReviewed-by: david\nReviewed-by: carol\n"
                        + Proposal.ALL_CHECKS,
                changes);
    }

    /** Bob's, which waits for its review. */
    Proposal timeout() {
        return new Proposal(
                season.timeout(),
                "timeout",
                "bob",
                Duration.ofDays(1),
                "Fix timeout in doc extraction",
                """
                Labels: bug
                Review-requested-from: david
                Check: workflow-validation passed
                Check: schema-validation passed
                Check: unit-tests passed 47/47 tests passed
                Check: integration-tests pending
                Check: code-review pending 0/1 approvals
                """,
                Map.of(StoryFiles.workflow(topic + "-extraction"), StoryFiles::withLongerTimeout));
    }

    private Proposal onboarding() {
        return new Proposal(
                season.onboarding(),
                "onboarding-prompt",
                "carol",
                Duration.ofHours(3),
                "Update onboarding prompt",
                """
                Labels: feature
                Changes-requested-by: alice
                Check: workflow-validation passed
                Check: schema-validation passed
                Check: unit-tests failed 46/47 tests passed
                Check: integration-tests pending
                Check: code-review pending Changes requested
                """,
                Map.of(
                        StoryFiles.agent("welcome-agent"),
                        agent -> StoryFiles.withPrompt(agent, "Welcome new customers, by name.")));
    }

    /** Bob's, which comes later and calls an agent that does not exist. */
    Proposal hotfix() {
        String id = "audit-" + season.number();
        String node = "{\"id\": \"" + id + "\", \"type\": \"agent\", \"agent\": \"" + season.auditor() + "\"}";
        return new Proposal(
                season.hotfix(),
                "audit",
                "bob",
                Duration.ZERO,
                "Send doubtful " + topic + "s to the auditor",
                "Labels: hotfix\nReviewed-by: carol\n" + Proposal.ALL_CHECKS,
                Map.of(
                        StoryFiles.workflow(topic + "-classification"),
                        workflow -> StoryFiles.withNode(workflow, node, id, "classify")));
    }
}
