package io.github.releasepipeline.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ItemOperation;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.target.StepLog;
import io.github.releasepipeline.version.VersionNumber;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatesTest {
    @Test
    void a_graph_without_cycles_is_valid() {
        GateResult result = judge(new WorkflowValidation(), StoryFiles.classification("invoice"));

        assertThat(result.verdict()).isEqualTo(GateResult.Verdict.PASSED);
        assertThat(result.summary()).isEqualTo("Workflow validation passed (1 workflow)");
    }

    @Test
    void a_cycle_names_its_nodes() {
        String text = StoryFiles.classification("invoice")
                .replace("\"edges\": [", "\"edges\": [{\"from\": \"route\", \"to\": \"classify\"},");

        assertThat(judge(new WorkflowValidation(), text).summary())
                .isEqualTo("Workflow validation failed: a: the nodes [classify, route] run in a circle");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[1, 2]",
                "{\"nodes\": [{\"id\": \"a\"}, {\"id\": \"a\"}]}",
                "{\"nodes\": [{\"id\": \"a\"}], \"edges\": [{\"from\": \"a\", \"to\": \"b\"}]}"
            })
    void what_is_no_graph_fails(String text) {
        assertThat(judge(new WorkflowValidation(), text).verdict()).isEqualTo(GateResult.Verdict.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"api_key\": \"8f2b7c1d9e\"}",
                "{\"db_password\" : \"correct-horse\"}",
                "AKIAIOSFODNN7EXAMPLE",
                "-----BEGIN RSA PRIVATE KEY-----"
            })
    void a_secret_is_found_and_not_repeated(String text) {
        GateResult result = judge(new SecretScan(), text);

        assertThat(result.verdict()).isEqualTo(GateResult.Verdict.FAILED);
        assertThat(result.summary()).contains("workflows/a.json").doesNotContain(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"api_key\": \"${API_KEY}\"}", "{\"max_tokens\": 2000}", "{\"name\": \"token-counter\"}"})
    void a_reference_is_no_secret(String text) {
        assertThat(judge(new SecretScan(), text).verdict()).isEqualTo(GateResult.Verdict.PASSED);
    }

    private static GateResult judge(QualityGate gate, String workflow) {
        return gate.evaluate(new GateContext(
                new VersionNumber("", 1, 0, 0, "", ""),
                new CommitId("0".repeat(40)),
                new EnvironmentName("production"),
                new OneWorkflow(workflow),
                new Silence()));
    }

    private record OneWorkflow(String text) implements Artifacts {
        @Override
        public Manifest manifest() {
            return new Manifest(List.of(new Item(new ItemId("workflow", "workflows/a.json"), Digest.of(text))));
        }

        @Override
        public List<ItemOperation> operations() {
            return List.of();
        }

        @Override
        public InputStream open(ItemId item) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final class Silence implements StepLog {
        @Override
        public void info(String line) {}

        @Override
        public void success(String line) {}

        @Override
        public void warning(String line) {}

        @Override
        public void error(String line) {}
    }
}
