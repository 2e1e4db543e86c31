package io.github.releasepipeline.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoChangeSetRulesFileTest {
    /** Letter by letter as the specification has it. */
    private static final String SPECIFIED = """
            {
              "auto_changeset_rules": [
                {
                  "label": "invoice-processing",
                  "changeset_name": "Invoice Processing Changes",
                  "auto_version": false
                },
                {
                  "label": "hotfix",
                  "changeset_name": "Hotfix",
                  "auto_version": true,
                  "auto_deploy_to": ["staging"]
                }
              ]
            }
            """;

    @TempDir
    Path folder;

    @Test
    void the_json_of_the_specification_is_read_as_it_stands_there() throws IOException {
        Path file = Files.writeString(folder.resolve("rules.json"), SPECIFIED);

        assertThat(AutoChangeSetRulesFile.read(file))
                .containsExactly(
                        AutoChangeSetRule.grouping("invoice-processing", "Invoice Processing Changes"),
                        AutoChangeSetRule.versioning("hotfix", "Hotfix", "staging"));
    }

    @Test
    void no_rules_are_no_problem() {
        assertThat(AutoChangeSetRulesFile.parse("rules.json", "{\"auto_changeset_rules\": []}"))
                .isEmpty();
    }

    @Test
    void auto_version_is_off_unless_given() {
        assertThat(AutoChangeSetRulesFile.parse("rules.json", rule("\"label\": \"a\", \"changeset_name\": \"A\"")))
                .containsExactly(AutoChangeSetRule.grouping("a", "A"));
    }

    @Test
    void an_unknown_key_is_named_with_its_place_and_the_keys_that_are_allowed() {
        assertThat(problems("""
                {"auto_changeset_rules": [
                  {"label": "a", "changeset_name": "A",
                   "auto_deploy": ["staging"]}]}"""))
                .containsExactly(
                        "rules.json:3:4: auto_changeset_rules[0]: unknown key 'auto_deploy'; allowed are label,"
                                + " changeset_name, auto_version, auto_deploy_to");
        assertThat(problems("{\"auto_changeset_rules\": [], \"rules\": []}"))
                .singleElement()
                .asString()
                .contains("unknown key 'rules'; allowed are auto_changeset_rules");
    }

    @Test
    void every_problem_is_listed_at_once() {
        assertThat(problems("""
                {"auto_changeset_rules": [
                  {"label": " ", "changeset_name": 7},
                  {"changeset_name": "A", "changeset_name": "B", "auto_version": "yes"},
                  {"label": "x", "changeset_name": "X", "auto_deploy_to": ["staging"]},
                  {"label": "x", "changeset_name": "X", "auto_version": true, "auto_deploy_to": ["Staging", "a", "a", 1]},
                  "hotfix"
                ]}"""))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .startsWith("rules.json:2:")
                                .contains("[0].label: ")
                                .contains("blank"),
                        line -> assertThat(line)
                                .startsWith("rules.json:2:")
                                .contains("[0].changeset_name: a text was expected, not a number"),
                        line -> assertThat(line).startsWith("rules.json:3:").contains("[1]: key 'label' is missing"),
                        line -> assertThat(line)
                                .startsWith("rules.json:3:")
                                .contains("[1]: key 'changeset_name' stands there twice"),
                        line -> assertThat(line)
                                .startsWith("rules.json:3:")
                                .contains("[1].auto_version: true or false was expected, not a text"),
                        line -> assertThat(line)
                                .startsWith("rules.json:4:")
                                .contains("auto_deploy_to needs auto_version true"),
                        line -> assertThat(line)
                                .startsWith("rules.json:5:")
                                .contains("[3].label: repeats the label of line 4"),
                        line -> assertThat(line)
                                .startsWith("rules.json:5:")
                                .contains("[3].auto_deploy_to[0]: ")
                                .contains("beginning with a letter"),
                        line -> assertThat(line)
                                .startsWith("rules.json:5:")
                                .contains("[3].auto_deploy_to[2]: names 'a' again"),
                        line -> assertThat(line)
                                .startsWith("rules.json:5:")
                                .contains("[3].auto_deploy_to[3]: a text was expected, not a number"),
                        line -> assertThat(line)
                                .startsWith("rules.json:6:")
                                .contains("[4]: an object was expected, not a text"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "[]x",
                "{} {}",
                "{\"auto_changeset_rules\": [}",
                "{'auto_changeset_rules': []}",
                "{\"auto_changeset_rules\": [01]}",
                "nul",
                "\u0000"
            })
    void what_is_no_json_is_one_clear_error(String text) {
        assertThat(problems(text)).singleElement().asString().startsWith("rules.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "7", "\"x\"", "{}", "{\"auto_changeset_rules\": {}}"})
    void json_of_another_shape_says_what_was_expected(String text) {
        assertThat(problems(text)).singleElement().asString().containsAnyOf("was expected", "is missing");
    }

    @Test
    void deep_nesting_is_one_clear_error() {
        assertThat(problems("{\"auto_changeset_rules\": " + "[".repeat(300_000)))
                .singleElement()
                .asString()
                .contains("nesting depth");
    }

    @Test
    void a_huge_file_is_one_clear_error_and_not_read_to_its_end() throws IOException {
        Path file = folder.resolve("rules.json");
        byte[] part = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < 50; i++) {
                out.write(part);
            }
        }

        assertThatThrownBy(() -> AutoChangeSetRulesFile.read(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("rules.json: it is longer than 1 MiB, which no configuration is");
    }

    @Test
    void bytes_that_are_no_utf_8_are_one_clear_error() throws IOException {
        Path file = Files.write(folder.resolve("rules.json"), new byte[] {'{', '"', (byte) 0xc3, '"', '}'});

        assertThatThrownBy(() -> AutoChangeSetRulesFile.read(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("rules.json: it is not UTF-8");
    }

    @Test
    void a_file_that_is_not_there_is_one_clear_error() {
        assertThatThrownBy(() -> AutoChangeSetRulesFile.read(folder.resolve("none.json")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("none.json: there is no such file");
        assertThatThrownBy(() -> AutoChangeSetRulesFile.read(folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void a_byte_order_mark_does_no_harm() throws IOException {
        Path file = Files.writeString(folder.resolve("rules.json"), "\ufeff" + SPECIFIED);

        assertThat(AutoChangeSetRulesFile.read(file)).hasSize(2);
    }

    @Test
    void a_key_that_breaks_lines_or_never_ends_is_shown_as_one_short_line() {
        assertThat(problems(rule("\"a\\nb\\u2028" + "x".repeat(50_000) + "\": 1, \"label\": \"a\","
                        + " \"changeset_name\": \"A\"")))
                .singleElement()
                .satisfies(line -> assertThat(line).hasSizeLessThan(300).contains("'a\ufffdb\ufffdxxx"));
    }

    @Test
    void of_very_many_problems_the_first_hundred_are_listed() {
        String many = "{\"auto_changeset_rules\": [" + "1,".repeat(5_000) + "1]}";

        assertThat(problems(many)).hasSize(101).last().asString().contains("4901 more");
    }

    private static String rule(String members) {
        return "{\"auto_changeset_rules\": [{" + members + "}]}";
    }

    private static List<String> problems(String json) {
        return catchThrowableOfType(
                        ConfigurationException.class, () -> AutoChangeSetRulesFile.parse("rules.json", json))
                .problems();
    }
}
