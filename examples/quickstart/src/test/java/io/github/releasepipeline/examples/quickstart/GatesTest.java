package io.github.releasepipeline.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.jdbc.JdbcEnvironment;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.ItemOperation;
import io.github.releasepipeline.source.CheckSummary;
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
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatesTest {
    @Test
    void the_documented_gates_can_be_wired(@TempDir Path folder) {
        GatesSample sample = new GatesSample(commit -> CheckSummary.none());
        EnvironmentName name = new EnvironmentName("production");

        try (JdbcEnvironment production = JdbcEnvironment.embedded(folder.resolve("items.db"), name)) {
            assertThatThrownBy(() -> Pipeline.builder()
                            .environment(name.value(), production, sample::production)
                            .build())
                    .isInstanceOfSatisfying(
                            ConfigurationException.class,
                            missing -> assertThat(missing.problems())
                                    .noneMatch(problem -> problem.startsWith("Environment")));
        }
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

        assertThat(result.verdict()).isEqualTo(GateVerdict.FAILED);
        assertThat(result.summary()).contains("workflows/a.json").doesNotContain(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"api_key\": \"${API_KEY}\"}", "{\"max_tokens\": 2000}", "{\"name\": \"token-counter\"}"})
    void a_reference_is_no_secret(String text) {
        assertThat(judge(new SecretScan(), text).verdict()).isEqualTo(GateVerdict.PASSED);
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
