package io.github.releasepipeline.json;

import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.subject.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads automatic change-set rules: one JSON object {@code {"auto_changeset_rules": [{"label": …, "changeset_name": …,
 * "auto_version": false, "auto_deploy_to": […]}]}}. {@code label} and {@code changeset_name} have to be there,
 * {@code auto_version} is false and {@code auto_deploy_to} empty unless given. Whether the environments exist is checked when
 * the pipeline is built.
 */
public final class AutoChangeSetRulesFile {
    private static final String RULES = "auto_changeset_rules";
    private static final String LABEL = "label";
    private static final String NAME = "changeset_name";
    private static final String VERSION = "auto_version";
    private static final String DEPLOY = "auto_deploy_to";
    private static final List<String> KEYS = List.of(LABEL, NAME, VERSION, DEPLOY);

    private final Problems problems;
    private final Map<String, Position> labels = new HashMap<>();

    private AutoChangeSetRulesFile(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads a file of UTF-8, at most 1 MiB.
     *
     * @return the rules in the order of the file
     * @throws ConfigurationException that lists everything that is wrong, with line and column
     */
    public static List<AutoChangeSetRule> read(Path file) {
        String name = file.getFileName() == null
                ? file.toString()
                : file.getFileName().toString();
        return parse(name, ConfigurationText.read(file, name));
    }

    /**
     * Reads a text.
     *
     * @param name how problems name it
     * @return the rules in the order of the text
     * @throws ConfigurationException that lists everything that is wrong, with line and column
     */
    public static List<AutoChangeSetRule> parse(String name, String json) {
        Problems problems = new Problems(name);
        List<AutoChangeSetRule> rules = new AutoChangeSetRulesFile(problems).rules(ConfigurationText.parse(name, json));
        problems.throwIfAny();
        return List.copyOf(rules);
    }

    private List<AutoChangeSetRule> rules(Located document) {
        Fields fields = Fields.of(document, "the document", List.of(RULES), problems);
        Optional<Located> list = fields.required(RULES);
        List<AutoChangeSetRule> rules = new ArrayList<>();
        list.ifPresent(found -> {
            List<Located> elements = found.elements(RULES, problems);
            for (int i = 0; i < elements.size(); i++) {
                rule(elements.get(i), RULES + "[" + i + "]").ifPresent(rules::add);
            }
        });
        return rules;
    }

    private Optional<AutoChangeSetRule> rule(Located element, String path) {
        int before = problems.count();
        Fields fields = Fields.of(element, path, KEYS, problems);
        Optional<String> label = fields.required(LABEL).flatMap(at -> line(at, path + "." + LABEL, 100));
        Optional<String> name = fields.required(NAME).flatMap(at -> line(at, path + "." + NAME, 200));
        boolean version = fields.optional(VERSION)
                .flatMap(at -> at.truth(path + "." + VERSION, problems))
                .orElse(false);
        List<EnvironmentName> environments = fields.optional(DEPLOY)
                .map(at -> environments(at, path + "." + DEPLOY))
                .orElse(List.of());
        fields.optional(LABEL).ifPresent(at -> label.ifPresent(text -> once(text, at.place(), path)));
        if (problems.count() > before || label.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        return problems.made(
                element.place(), path, () -> new AutoChangeSetRule(label.get(), name.get(), version, environments));
    }

    private void once(String label, Position place, String path) {
        Position first = labels.putIfAbsent(label, place);
        if (first != null) {
            problems.add(
                    place, path + "." + LABEL, "repeats the label of line " + first.line() + "; each has one rule");
        }
    }

    private Optional<String> line(Located value, String path, int max) {
        return value.text(path, problems)
                .flatMap(text -> problems.made(value.place(), path, () -> Text.line("this", text, max)));
    }

    private List<EnvironmentName> environments(Located list, String path) {
        List<EnvironmentName> names = new ArrayList<>();
        Set<EnvironmentName> seen = new HashSet<>();
        List<Located> elements = list.elements(path, problems);
        for (int i = 0; i < elements.size(); i++) {
            Located element = elements.get(i);
            String place = path + "[" + i + "]";
            Function<String, Optional<EnvironmentName>> name =
                    text -> problems.made(element.place(), place, () -> new EnvironmentName(text));
            element.text(place, problems).flatMap(name).ifPresent(found -> {
                if (!seen.add(found)) {
                    problems.add(element.place(), place, "names '" + found + "' again; each environment comes once");
                }
                names.add(found);
            });
        }
        return names;
    }
}
