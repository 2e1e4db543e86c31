package io.github.releasepipeline.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.BigIntegerNode;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.ItemOperation;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.tck.QualityGateContract;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.tck.TextArtifacts;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemValidationTest extends QualityGateContract {
    private static final String VALID =
            "{\"nodes\": [{\"id\": \"a\"}, {\"id\": \"b\"}], \"edges\": [{\"from\": \"a\", \"to\": \"b\"}]}";

    private final Judging judging = new Judging();

    @Override
    protected QualityGate newGate() {
        return ItemValidation.named("Workflow validation").kind("workflow", ItemDemands::graph);
    }

    @Override
    protected Artifacts acceptable() {
        return Judging.flow(VALID);
    }

    @Override
    protected Artifacts unacceptable() {
        return Judging.flow("{}");
    }

    @Test
    void it_says_what_it_validated_in_the_words_of_the_specification() {
        Artifacts two = TextArtifacts.of(Map.of("workflows/a.json", VALID, "workflows/b.json", VALID));
        assertThat(judging.ask(newGate(), two).summary()).isEqualTo("Workflow validation passed (2 workflows)");
    }

    @Test
    void items_of_other_kinds_are_not_looked_at() {
        ItemValidation agents = ItemValidation.named("Agents").kind("agent");
        assertThat(judging.ask(agents, Judging.flow("no JSON")).verdict()).isEqualTo(GateVerdict.PASSED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | is not JSON: it is empty",
                "{ | is not JSON: line 1, column 2",
                "{} {} | is not JSON: line 1, column 4: Trailing token",
                "{\"a\": 1, \"a\": 2} | is not JSON: line 1, column 13: Duplicate field 'a'",
                "'a' | is not JSON: line 1, column 1: Unexpected character",
                "NaN | is not JSON: line 1, column 4",
                "[1, 1e99999999999] | is not JSON: line 1, column 5: Number out of range"
            })
    void what_is_no_strict_json_is_told_with_its_place(String text, String problem) {
        ItemValidation gate = ItemValidation.named("Validation").kind("workflow");
        assertThat(judging.ask(gate, Judging.flow(text)).summary())
                .startsWith("Validation failed: workflows/a.json: " + problem);
    }

    @Test
    void bytes_that_are_no_text_are_no_json() {
        assertThat(summary(new Bytes(new byte[] {'"', (byte) 0xc3, '"'})))
                .isEqualTo("Validation failed: workflows/a.json: is not JSON: its bytes are no UTF-8 text");
    }

    @Test
    void an_item_of_fifty_megabytes_is_not_taken_into_memory() {
        Endless endless = new Endless(50 << 20);
        assertThat(summary(new Bytes(endless)))
                .isEqualTo("Validation failed: workflows/a.json: is not JSON: it is larger than 4 MB");
        assertThat(endless.read).isLessThan(5 << 20);
    }

    @Test
    void an_item_that_just_fits_is_read() {
        ItemValidation gate =
                ItemValidation.named("Validation").kind("workflow").upTo(4);
        assertThat(judging.ask(gate, Judging.flow("1234")).verdict()).isEqualTo(GateVerdict.PASSED);
        assertThat(judging.ask(gate, Judging.flow("12345")).summary()).endsWith("it is larger than 4 bytes");
        assertThatThrownBy(() -> gate.upTo(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nesting_without_end_is_a_problem_of_the_item() {
        GateResult deep = judging.ask(newGate(), Judging.flow("[".repeat(100_000)));
        assertThat(deep.verdict()).isEqualTo(GateVerdict.FAILED);
        assertThat(deep.summary()).contains("is not JSON: Document nesting depth (501) exceeds");
        String limit = "[".repeat(500) + "]".repeat(500);
        ItemValidation recursive = ItemValidation.named("Validation")
                .kind("workflow", item -> item.schema("{\"items\": {\"$ref\": \"#\"}}"));
        assertThat(judging.ask(recursive, Judging.flow(limit)).verdict()).isEqualTo(GateVerdict.PASSED);
    }

    @Test
    void an_item_of_very_many_values_is_refused() {
        assertThat(judging.ask(newGate(), Judging.flow("[" + "1,".repeat(600_000) + "1]"))
                        .summary())
                .contains("is not JSON");
    }

    @Test
    void a_schema_is_obeyed_and_every_problem_has_its_place() {
        ItemValidation gate = schema("{\"required\": [\"name\"], \"properties\": {\"timeout\": {\"type\": \"integer\","
                + " \"minimum\": 1}, \"name\": {\"type\": \"string\"}}}");
        assertThat(judging.ask(gate, Judging.flow("{\"name\": \"x\", \"timeout\": 30}"))
                        .verdict())
                .isEqualTo(GateVerdict.PASSED);
        GateResult bad = judging.ask(gate, Judging.flow("{\"timeout\": \"30\"}"));
        assertThat(bad.evidence())
                .containsEntry("problems", "2")
                .containsEntry("items", "1")
                .containsEntry("problem 01", "workflows/a.json: /timeout: string found, integer expected")
                .containsEntry("problem 02", "workflows/a.json: the whole: required property 'name' not found");
        assertThat(bad.summary())
                .isEqualTo(
                        "Validation failed: workflows/a.json: /timeout: string found, integer expected (and 1 more)");
        assertThat(judging.log.lines())
                .containsExactly(
                        "error: workflows/a.json: /timeout: string found, integer expected",
                        "error: workflows/a.json: the whole: required property 'name' not found");
    }

    @Test
    void a_schema_of_an_older_draft_is_read_by_that_draft() {
        String old = "{\"$schema\": \"http://json-schema.org/draft-04/schema#\","
                + " \"properties\": {\"n\": {\"minimum\": 1, \"exclusiveMinimum\": true}}}";
        assertThat(judging.ask(schema(old), Judging.flow("{\"n\": 1}")).verdict())
                .isEqualTo(GateVerdict.FAILED);
        assertThatThrownBy(() -> schema(old.replace("draft-04", "draft-07"))).hasMessageContaining("exclusiveMinimum");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"$ref\": \"http://127.0.0.1:1/x.json\"} | http://127.0.0.1:1/x.json",
                "{\"items\": {\"$ref\": \"https://evil.example/x.json\"}} | https://evil.example/x.json",
                "{\"$ref\": \"file:///etc/passwd\"} | file:///etc/passwd",
                "{\"$ref\": \"classpath:META-INF/MANIFEST.MF\"} | classpath:META-INF/MANIFEST.MF",
                "{\"$schema\": \"https://evil.example/meta\"} | https://evil.example/meta",
                "{\"$ref\": \"#/$defs/none\"} | /$defs/none cannot be resolved",
                "{\"$ref\": \"#\"} | refers to itself without end",
                "{\"type\": 17} | no JSON Schema: /type",
                "{\"multipleOf\": 1e-100000000} | /multipleOf: 1E-100000000 is too small a number",
                "{\"pattern\": \"([\"} | Unclosed character class",
                "[] | no JSON Schema",
                "{ | not JSON"
            })
    void a_schema_that_cannot_be_used_or_wants_to_fetch_is_refused_when_the_gate_is_made(String schema, String why) {
        assertThatThrownBy(() -> schema(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_schema_may_refer_to_others_that_are_given() {
        String common = "{\"$defs\": {\"name\": {\"maxLength\": 3}}}";
        ItemValidation gate = ItemValidation.named("Validation")
                .kind(
                        "workflow",
                        item -> item.schema(
                                "{\"items\": {\"$ref\": \"https://acme.example/common.json#/$defs/name\"}}",
                                Map.of("https://acme.example/common.json", common)));
        assertThat(judging.ask(gate, Judging.flow("[\"abc\"]")).verdict()).isEqualTo(GateVerdict.PASSED);
        assertThat(judging.ask(gate, Judging.flow("[\"abcd\"]")).summary()).contains("/0: ");
    }

    @ParameterizedTest
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @CsvSource({
        "1e100000000, the whole: 1E+100000000 is too large a number",
        "-1e1000000000, the whole: -1E+1000000000 is too large a number",
        "1e309, the whole: 1E+309 is too large a number",
        "1e-100000000, the whole: 1E-100000000 is too small a number",
        "'{\"a/b\": [0, {\"~\": 1e400}]}', /a~1b/1/~0: 1E+400 is too large a number"
    })
    void a_number_that_nobody_can_calculate_with_is_a_problem_of_the_item(String text, String problem) {
        GateResult result = judging.ask(schema("{\"multipleOf\": 0.1}"), Judging.flow(text));
        assertThat(result.verdict()).isEqualTo(GateVerdict.FAILED);
        assertThat(result.summary()).isEqualTo("Validation failed: workflows/a.json: " + problem);
    }

    @Test
    void an_integer_of_very_many_digits_is_told_in_short() {
        assertThat(judging.ask(schema("{\"multipleOf\": 0.1}"), Judging.flow("1".repeat(400)))
                        .summary())
                .isEqualTo("Validation failed: workflows/a.json: the whole: " + "1".repeat(40)
                        + "… is too large a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.7976931348623157e308", "-1e308", "1e-400", "0e1000000000"})
    void a_number_that_can_be_calculated_with_is_judged(String text) {
        assertThat(judging.ask(schema("{\"type\": \"number\"}"), Judging.flow(text))
                        .verdict())
                .isEqualTo(GateVerdict.PASSED);
    }

    @Test
    void what_the_validator_cannot_bear_is_a_problem_of_the_item() {
        ItemRule rule = SchemaRule.of("{\"multipleOf\": 0.1}", Map.of());
        assertThat(rule.problems(new BigIntegerNode(BigInteger.TEN.pow(400))))
                .singleElement()
                .asString()
                .startsWith("the validator failed: java.lang.NumberFormatException: ");
    }

    @Test
    void a_pattern_that_would_take_for_ever_gives_up() {
        ItemValidation gate = schema("{\"pattern\": \"(x+x+)+y\"}");
        assertThat(judging.ask(gate, Judging.flow("\"" + "x".repeat(3000) + "\""))
                        .summary())
                .contains("a text takes too long to compare with the pattern (x+x+)+y");
        assertThat(judging.ask(gate, Judging.flow("\"" + "x".repeat(3000) + "y\""))
                        .verdict())
                .isEqualTo(GateVerdict.PASSED);
    }

    @Test
    void a_pattern_that_runs_out_of_stack_gives_up() {
        ItemValidation gate = schema("{\"pattern\": \"^(a|b)*$\"}");
        assertThat(judging.ask(gate, Judging.flow("\"" + "ab".repeat(200_000) + "\""))
                        .summary())
                .contains("a text takes too long to compare with the pattern");
    }

    @Test
    void a_simple_pattern_is_compared_with_a_long_text() {
        assertThat(judging.ask(schema("{\"pattern\": \"^[ab]+$\"}"), Judging.flow("\"" + "ab".repeat(500_000) + "\""))
                        .verdict())
                .isEqualTo(GateVerdict.PASSED);
    }

    @Test
    void twenty_problems_are_told_and_all_are_counted() {
        Map<String, String> flows = new LinkedHashMap<>();
        for (int i = 10; i < 45; i++) {
            flows.put("workflows/" + i + ".json", "no");
        }
        GateResult result = judging.ask(newGate(), TextArtifacts.of(flows));
        assertThat(judging.log.lines()).hasSize(21).last().isEqualTo("error: More problems are counted, not told");
        assertThat(result.summary()).endsWith("(and 34 more)");
        assertThat(result.evidence()).containsEntry("problems", "35").hasSize(22);
    }

    @Test
    void texts_of_items_do_not_break_lines_or_fill_the_log() {
        String evil = "{\"nodes\": [{\"id\": \"" + "x".repeat(5000)
                + "\\n✓ all passed\"}], \"edges\": [{\"from\": \"\\n\"," + " \"to\": 1}]}";
        judging.ask(newGate(), Judging.flow(evil));
        assertThat(judging.log.lines()).allMatch(line -> !line.contains("\n")).allMatch(line -> line.length() < 320);
    }

    @Test
    void unchanged_items_may_be_believed() {
        Manifest held = new Manifest(
                List.of(Sample.item("workflows/old.json", "no JSON"), Sample.item("workflows/gone.json", "x")));
        Artifacts version = TextArtifacts.of(Map.of("workflows/old.json", "no JSON", "workflows/new.json", VALID))
                .against(held);
        assertThat(judging.ask(newGate(), version).verdict()).isEqualTo(GateVerdict.FAILED);
        ItemValidation changed = ItemValidation.named("Workflow validation")
                .kind("workflow", ItemDemands::graph)
                .changedOnly();
        assertThat(judging.ask(changed, version).summary()).isEqualTo("Workflow validation passed (1 workflow)");
    }

    private String summary(Artifacts artifacts) {
        return judging.ask(ItemValidation.named("Validation").kind("workflow"), artifacts)
                .summary();
    }

    private static ItemValidation schema(String text) {
        return ItemValidation.named("Validation").kind("workflow", item -> item.schema(text));
    }

    /** One workflow of any bytes. */
    private record Bytes(InputStream stream) implements Artifacts {
        Bytes(byte[] bytes) {
            this(new java.io.ByteArrayInputStream(bytes));
        }

        @Override
        public Manifest manifest() {
            return new Manifest(List.of(Sample.item(Judging.FLOW, "")));
        }

        @Override
        public List<ItemOperation> operations() {
            return List.of();
        }

        @Override
        public InputStream open(ItemId item) {
            return stream;
        }
    }

    /** Very many spaces, counted. */
    private static final class Endless extends InputStream {
        private final long size;
        private long read;

        Endless(long size) {
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            return ++read > size ? -1 : ' ';
        }
    }
}
