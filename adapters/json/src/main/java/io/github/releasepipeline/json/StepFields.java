package io.github.releasepipeline.json;

import io.github.releasepipeline.policy.AfterFailure;
import io.github.releasepipeline.policy.CanaryPolicy;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.GatePolicy.Asking;
import io.github.releasepipeline.policy.StepLimits;
import io.github.releasepipeline.policy.StepPolicy;
import io.github.releasepipeline.policy.WatchPolicy;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.subject.Text;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads how the steps of an environment are run. */
final class StepFields {
    private static final List<String> GATE_KEYS =
            List.of("name", "fresh_for", "settle", "every", "green_for", "timeout", "by", "group");
    private static final List<String> SAMPLING_KEYS = List.of("settle", "every", "green_for", "timeout");
    private static final List<String> STEPS = Arrays.stream(Step.values())
            .map(step -> step.name().toLowerCase(Locale.ROOT))
            .toList();

    /** Who answers for a gate. */
    private enum By {
        PERSON
    }

    private final Problems problems;

    StepFields(Problems problems) {
        this.problems = problems;
    }

    StepPolicy policy(Fields environment) {
        Map<String, StepLimits> limits = new HashMap<>();
        environment.optional("steps").ifPresent(at -> limits(at, environment.path("steps"), limits));
        return new StepPolicy(
                limits,
                environment.constant("after_failure", AfterFailure.class).orElse(AfterFailure.STAY),
                environment.optional("canary").flatMap(at -> canary(at, environment.path("canary"))),
                environment.optional("watch").flatMap(at -> watch(at, environment.path("watch"))));
    }

    private void limits(Located object, String path, Map<String, StepLimits> limits) {
        Fields fields = Fields.of(object, path, STEPS, problems);
        for (Step step : Step.values()) {
            String name = step.name().toLowerCase(Locale.ROOT);
            fields.optional(name)
                    .flatMap(at -> limits(at, fields.path(name)))
                    .ifPresent(read -> limits.put(step.name(), read));
        }
    }

    private Optional<StepLimits> limits(Located object, String path) {
        Fields fields = Fields.of(
                object, path, List.of("timeout", "retries", "first_wait", "factor", "longest_wait"), problems);
        StepLimits standard = StepLimits.standard();
        Duration timeout = fields.made("timeout", Duration::parse).orElse(standard.timeout());
        int retries = fields.whole("retries", number -> number).orElse(standard.retries());
        Duration firstWait = fields.made("first_wait", Duration::parse).orElse(standard.firstWait());
        int factor = fields.whole("factor", number -> number).orElse(standard.factor());
        Duration longestWait = fields.made("longest_wait", Duration::parse).orElse(standard.longestWait());
        return problems.made(
                object.place(), path, () -> new StepLimits(timeout, retries, firstWait, factor, longestWait));
    }

    private Optional<CanaryPolicy> canary(Located object, String path) {
        Fields fields = Fields.of(object, path, List.of("percent", "gates"), problems);
        fields.required("percent");
        fields.required("gates");
        List<GatePolicy> gates = fields.each("gates", this::gate);
        return fields.whole("percent", percent -> percent)
                .flatMap(percent -> problems.made(object.place(), path, () -> new CanaryPolicy(percent, gates)));
    }

    private Optional<WatchPolicy> watch(Located object, String path) {
        Fields fields = Fields.of(object, path, List.of("time", "interval"), problems);
        fields.required("time");
        fields.required("interval");
        Optional<Duration> time = fields.made("time", Duration::parse);
        Optional<Duration> interval = fields.made("interval", Duration::parse);
        return time.flatMap(whole ->
                interval.flatMap(part -> problems.made(object.place(), path, () -> new WatchPolicy(whole, part))));
    }

    Optional<GatePolicy> gate(Located object, String path) {
        Fields fields = Fields.of(object, path, GATE_KEYS, problems);
        fields.required("name");
        Optional<String> name =
                fields.made("name", text -> Text.line("The name of a gate", text, GatePolicy.NAME_LENGTH));
        Optional<Duration> freshFor = fields.made("fresh_for", Duration::parse);
        boolean sampled =
                SAMPLING_KEYS.stream().anyMatch(key -> fields.optional(key).isPresent());
        if (fields.optional("by").isPresent()) {
            if (sampled) {
                problems.add(object.place(), path, "a person is not sampled: leave out " + SAMPLING_KEYS);
            }
            Optional<String> group = fields.made("group", text -> Text.line("A group", text, 200));
            Optional<GatePolicy> policy =
                    fields.constant("by", By.class).flatMap(by -> name).map(text -> GatePolicy.byPerson(text, group));
            return policy.flatMap(plain -> problems.made(
                    object.place(),
                    path,
                    () -> new GatePolicy(plain.name(), freshFor.orElse(plain.freshFor()), plain.asking())));
        }
        if (fields.optional("group").isPresent()) {
            problems.add(object.place(), path, "a group judges only where a person does: say \"by\": \"person\"");
        }
        Optional<Asking> asking = sampled ? sampling(fields, object, path) : Optional.of(new Asking.Once());
        return name.flatMap(text -> asking.flatMap(how ->
                problems.made(object.place(), path, () -> new GatePolicy(text, freshFor.orElse(Duration.ZERO), how))));
    }

    private Optional<Asking> sampling(Fields fields, Located object, String path) {
        Asking.Sampled usual = Asking.Sampled.usual();
        Duration settle = fields.made("settle", Duration::parse).orElse(usual.settle());
        Duration every = fields.made("every", Duration::parse).orElse(usual.every());
        Duration greenFor = fields.made("green_for", Duration::parse).orElse(usual.greenFor());
        Duration timeout = fields.made("timeout", Duration::parse).orElse(usual.timeout());
        return problems.made(object.place(), path, () -> new Asking.Sampled(settle, every, greenFor, timeout));
    }
}
