package io.github.releasepipeline.examples.quickstart;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The workflows and agents of the story, and how pull requests change them. */
final class StoryFiles {
    private static final Pattern TIMEOUT = Pattern.compile("\"timeout_seconds\": (\\d+)");
    private static final Pattern PROMPT = Pattern.compile("\"prompt\": \".*\"");

    private StoryFiles() {}

    /** What the repository begins with. */
    static Map<String, String> first() {
        Map<String, String> files = new TreeMap<>();
        for (String topic : Season.topics()) {
            files.put(workflow(topic + "-extraction"), extraction(topic));
            files.put(agent(topic + "-agent"), agent(topic + "-agent", "Read the fields of the document."));
        }
        files.put("README.md", "# Flows\n\nWorkflows and agents of the document platform.\n");
        return files;
    }

    static String workflow(String name) {
        return "workflows/" + name + ".json";
    }

    static String agent(String name) {
        return "agents/" + name + ".json";
    }

    private static String extraction(String topic) {
        return """
                {
                  "name": "%1$s-extraction",
                  "timeout_seconds": 30,
                  "retries": 2,
                  "trigger": "document.received",
                  "description": "Reads the fields of a document",
                  "nodes": [
                    {"id": "receive", "type": "trigger"},
                    {"id": "extract", "type": "agent", "agent": "%1$s-agent"},
                    {"id": "store", "type": "database"}
                  ],
                  "edges": [
                    {"from": "receive", "to": "extract"},
                    {"from": "extract", "to": "store"}
                  ]
                }
                """.formatted(topic);
    }

    static String classification(String topic) {
        return """
                {
                  "name": "%1$s-classification",
                  "timeout_seconds": 60,
                  "trigger": "document.received",
                  "nodes": [
                    {"id": "receive", "type": "trigger"},
                    {"id": "classify", "type": "agent", "agent": "%1$s-agent"},
                    {"id": "route", "type": "switch"}
                  ],
                  "edges": [
                    {"from": "receive", "to": "classify"},
                    {"from": "classify", "to": "route"}
                  ]
                }
                """.formatted(topic);
    }

    static String agent(String name, String prompt) {
        return """
                {
                  "name": "%s",
                  "model": "large-2",
                  "prompt": "%s",
                  "temperature": 0.2,
                  "max_tokens": 2000,
                  "tools": [
                    "read-document"
                  ]
                }
                """.formatted(name, prompt);
    }

    static String withLongerTimeout(String workflow) {
        Matcher timeout = TIMEOUT.matcher(workflow);
        return timeout.replaceFirst(found -> "\"timeout_seconds\": " + (Long.parseLong(found.group(1)) + 90));
    }

    /** One more node, after another one. */
    static String withNode(String workflow, String node, String id, String after) {
        return workflow.replace("\"nodes\": [\n", "\"nodes\": [\n    " + node + ",\n")
                .replace(
                        "\"edges\": [\n", "\"edges\": [\n    {\"from\": \"" + after + "\", \"to\": \"" + id + "\"},\n");
    }

    static String withPrompt(String agent, String prompt) {
        return PROMPT.matcher(agent).replaceFirst(Matcher.quoteReplacement("\"prompt\": \"" + prompt + "\""));
    }

    static String withTool(String agent, String tool) {
        return agent.replace("\"tools\": [\n", "\"tools\": [\n    \"" + tool + "\",\n");
    }
}
