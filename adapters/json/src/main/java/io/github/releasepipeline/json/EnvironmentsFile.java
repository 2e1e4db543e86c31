package io.github.releasepipeline.json;

import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.DeploymentWindow;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.EnvironmentPolicy.Involved;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.Recurrence;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.subject.Spans;
import io.github.releasepipeline.subject.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what environments demand: one JSON object {@code {"environments": [{"name": "production", "tier": "production",
 * "approvals": [{"count": 2}, {"group": "sre", "count": 1}], "refuse_votes_of": ["requester"], "after": "staging", "soak":
 * "PT1H", "bypass": "hotfixes", "component": "billing", "queue": "oldest_first", "start": "when_deployed", "pre_releases":
 * "refused", "approval_expiry": "PT168H", "windows": [{"effect": "deny", "name": "nights", "zone": "Europe/Berlin", "start":
 * "2026-01-01T22:00", "length": "PT8H", "recurrence": "FREQ=DAILY"}], "gates": [{"name": "Scan", "fresh_for": "PT4H"}, {"name":
 * "Error budget", "settle": "PT1M", "every": "PT30S", "green_for": "PT10M", "timeout": "PT1H"}, {"name": "Change board", "by":
 * "person", "group": "cab"}], "canary": {"percent": 10, "gates": [{"name": "Error rate", "green_for": "PT10M"}]}, "steps":
 * {"backup": {"timeout": "PT5M", "retries": 3, "first_wait": "PT2S", "factor": 2, "longest_wait": "PT1M"}}, "after_failure":
 * "roll_back", "watch": {"time": "PT1H", "interval": "PT1M"}}]}}.
 *
 * <p>Only {@code name} has to be there, of a window all but {@code recurrence}, of a canary and a watch everything; the rest is
 * as {@link EnvironmentPolicy#of} has it for the tier, which is development unless given, and of a gate that is sampled as
 * {@link GatePolicy.Asking.Sampled#usual} has it. Durations are ISO 8601, at most {@link Spans#LONGEST}. Targets and what answers for a gate are code and not in the
 * file. Whether environments fit each other and all gates are answered for is checked when the pipeline is built.
 */
public final class EnvironmentsFile {
    private static final String ENVIRONMENTS = "environments";
    private static final List<String> KEYS = List.of(
            "name",
            "tier",
            "approvals",
            "refuse_votes_of",
            "after",
            "soak",
            "bypass",
            "component",
            "queue",
            "start",
            "pre_releases",
            "approval_expiry",
            "windows",
            "gates",
            "canary",
            "steps",
            "after_failure",
            "watch");
    private static final List<String> WINDOW_KEYS = List.of("effect", "name", "zone", "start", "length", "recurrence");

    private final Problems problems;
    private final StepFields steps;
    private final Map<EnvironmentName, EnvironmentPolicy> policies = new LinkedHashMap<>();

    private EnvironmentsFile(Problems problems) {
        this.problems = problems;
        this.steps = new StepFields(problems);
    }

    /**
     * Reads a file of UTF-8, at most 1 MiB.
     *
     * @return the policies in the order of the file
     * @throws ConfigurationException that lists everything that is wrong, with line and column
     */
    public static Map<EnvironmentName, EnvironmentPolicy> read(Path file) {
        String name = file.getFileName() == null
                ? file.toString()
                : file.getFileName().toString();
        return parse(name, ConfigurationText.read(file, name));
    }

    /**
     * Reads a text.
     *
     * @param name how problems name it
     * @return the policies in the order of the text
     * @throws ConfigurationException that lists everything that is wrong, with line and column
     */
    public static Map<EnvironmentName, EnvironmentPolicy> parse(String name, String json) {
        Problems problems = new Problems(name);
        EnvironmentsFile file = new EnvironmentsFile(problems);
        Located document = ConfigurationText.parse(name, json);
        Fields fields = Fields.of(document, "the document", List.of(ENVIRONMENTS), problems);
        fields.required(ENVIRONMENTS).ifPresent(list -> {
            List<Located> elements = list.elements(ENVIRONMENTS, problems);
            for (int i = 0; i < elements.size(); i++) {
                file.environment(elements.get(i), ENVIRONMENTS + "[" + i + "]");
            }
        });
        problems.throwIfAny();
        return Collections.unmodifiableMap(file.policies);
    }

    private void environment(Located element, String path) {
        Fields fields = Fields.of(element, path, KEYS, problems);
        fields.required("name");
        Optional<EnvironmentName> name = fields.made("name", EnvironmentName::new);
        EnvironmentPolicy plain =
                EnvironmentPolicy.of(fields.constant("tier", Tier.class).orElse(Tier.DEVELOPMENT));
        EnvironmentPolicy policy = new EnvironmentPolicy(
                plain.tier(),
                fields.each("approvals", this::approvals),
                refused(fields).orElse(plain.refusedApprovers()),
                upstream(fields, element, path),
                fields.constant("bypass", EnvironmentPolicy.Bypass.class).orElse(plain.bypass()),
                fields.made("component", text -> Text.line("A component", text, 100))
                        .orElse(plain.line()),
                fields.each("gates", steps::gate),
                fields.constant("queue", EnvironmentPolicy.QueueOrder.class).orElse(plain.queueOrder()),
                fields.constant("start", EnvironmentPolicy.Start.class).orElse(plain.start()),
                fields.constant("pre_releases", EnvironmentPolicy.PreReleases.class)
                        .orElse(plain.preReleases()),
                fields.made("approval_expiry", text -> Spans.bounded("The expiry of approvals", Duration.parse(text)))
                        .orElse(plain.approvalExpiry()),
                fields.each("windows", this::window),
                steps.policy(fields));
        name.ifPresent(environment -> {
            if (policies.putIfAbsent(environment, policy) != null) {
                problems.add(element.place(), path, "environment '" + environment + "' stands there twice");
            }
        });
    }

    private Optional<ApprovalRule> approvals(Located element, String path) {
        Fields fields = Fields.of(element, path, List.of("group", "count"), problems);
        Optional<String> group = fields.made("group", text -> Text.line("A group", text, 200));
        fields.required("count");
        return fields.whole("count", count -> new ApprovalRule(group, count));
    }

    private Optional<Set<Involved>> refused(Fields fields) {
        return fields.optional("refuse_votes_of")
                .map(at -> Set.copyOf(fields.<Involved>each(
                        "refuse_votes_of",
                        (element, path) -> element.text(path, problems)
                                .flatMap(text -> problems.made(
                                        element.place(), path, () -> Fields.named(Involved.class, text))))));
    }

    private Optional<Upstream> upstream(Fields fields, Located element, String path) {
        Optional<EnvironmentName> after = fields.made("after", EnvironmentName::new);
        Optional<Duration> soak = fields.made("soak", Duration::parse);
        if (soak.isPresent() && fields.optional("after").isEmpty()) {
            problems.add(element.place(), path, "soak needs an environment to soak in: say after");
        }
        return after.flatMap(before ->
                problems.made(element.place(), path, () -> new Upstream(before, soak.orElse(Duration.ZERO))));
    }

    private Optional<DeploymentWindow> window(Located element, String path) {
        Fields fields = Fields.of(element, path, WINDOW_KEYS, problems);
        WINDOW_KEYS.stream().limit(WINDOW_KEYS.size() - 1).forEach(fields::required);
        Optional<DeploymentWindow.Effect> effect = fields.constant("effect", DeploymentWindow.Effect.class);
        Optional<String> name = fields.made("name", text -> Text.line("The name of a window", text, 200));
        Optional<ZoneId> zone = fields.made("zone", ZoneId::of);
        Optional<LocalDateTime> start = fields.made("start", LocalDateTime::parse);
        Optional<Duration> length = fields.made("length", Duration::parse);
        Optional<Recurrence> recurrence = fields.made("recurrence", Recurrence::parse);
        boolean whole =
                effect.isPresent() && name.isPresent() && zone.isPresent() && start.isPresent() && length.isPresent();
        return whole
                ? problems.made(
                        element.place(),
                        path,
                        () -> new DeploymentWindow(
                                effect.get(), name.get(), zone.get(), start.get(), length.get(), recurrence))
                : Optional.empty();
    }
}
