package io.github.releasepipeline.core.release;

import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.CanaryPolicy;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.subject.Spans;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What an environment demands now beyond what a release was approved for. */
public final class DemandRules {
    private static final String CODE = "release.policy-changed";

    private DemandRules() {}

    /** The policy that a release goes on with: its own, or the environment's if that is stricter. */
    public static EnvironmentPolicy governing(Release release, EnvironmentPolicy now) {
        return stricter(release, now).isEmpty()
                ? release.policy()
                : now.starting(release.policy().start());
    }

    /** What is demanded now and was not when the release was approved, in clauses for people. A rollback is never affected. */
    public static List<String> stricter(Release release, EnvironmentPolicy now) {
        List<String> clauses = new ArrayList<>();
        EnvironmentPolicy then = release.policy();
        if (release.kind() == ReleaseKind.ROLLBACK) {
            return clauses;
        }
        if (!covers(then.approvals(), now.approvals())) {
            clauses.add("it demands " + now.approvals() + " instead of " + then.approvals());
        }
        TreeSet<EnvironmentPolicy.Involved> refused = new TreeSet<>(now.refusedApprovers());
        refused.removeAll(then.refusedApprovers());
        if (!refused.isEmpty()) {
            clauses.add("it refuses votes of the "
                    + refused.stream().map(DemandRules::words).collect(Collectors.joining(" and the ")));
        }
        upstream(then.upstream(), now.upstream()).ifPresent(clauses::add);
        gates(then.gates(), now.gates()).ifPresent(clauses::add);
        canary(then.steps().canary(), now.steps().canary()).ifPresent(clauses::add);
        return clauses;
    }

    /** {@code PULL_REQUEST_AUTHOR} as {@code pull request author}. */
    private static String words(EnvironmentPolicy.Involved involved) {
        return involved.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether a failed release may be tried again as far as the policy goes. */
    static Condition unchanged(Release release, EnvironmentPolicy now) {
        return condition(release, now, "request a new release");
    }

    /** Whether the approvals of a release are enough still; a note if more is demanded, but no approval. */
    static Condition unapproved(Release release, EnvironmentPolicy now) {
        Condition condition = condition(release, now, "deploy, which lets the approvals lapse, and approve again");
        return condition.isUnmet() && now.approvals().isEmpty()
                ? Condition.note(condition.code(), condition.text())
                : condition;
    }

    private static Condition condition(Release release, EnvironmentPolicy now, String remedy) {
        List<String> clauses = stricter(release, now);
        String since = "than when release " + release.id() + " was approved";
        return clauses.isEmpty()
                ? Condition.met(CODE, "Environment " + release.environment() + " demands no more " + since)
                : Condition.unmet(
                        CODE,
                        "Environment " + release.environment() + " demands more " + since + ": "
                                + String.join("; ", clauses),
                        remedy);
    }

    /** Whether votes that satisfy the first rules satisfy the second ones too, whoever gave them. */
    private static boolean covers(List<ApprovalRule> then, List<ApprovalRule> now) {
        return count(then) >= count(now)
                && now.stream()
                        .map(ApprovalRule::group)
                        .flatMap(Optional::stream)
                        .allMatch(group -> count(then, group) >= count(now, group));
    }

    private static int count(List<ApprovalRule> rules) {
        return rules.stream().mapToInt(ApprovalRule::count).sum();
    }

    private static int count(List<ApprovalRule> rules, String group) {
        return rules.stream()
                .filter(rule -> rule.group().equals(Optional.of(group)))
                .mapToInt(ApprovalRule::count)
                .sum();
    }

    private static Optional<String> gates(List<GatePolicy> then, List<GatePolicy> now) {
        if (then.equals(now)) {
            return Optional.empty();
        }
        List<String> before = names(then);
        List<String> names = names(now);
        return Optional.of(
                names.equals(before)
                        ? "its quality gates " + names + " are asked in another way"
                        : "its quality gates are " + names + " instead of " + before);
    }

    private static Optional<String> canary(Optional<CanaryPolicy> then, Optional<CanaryPolicy> now) {
        return now.filter(canary -> !then.equals(now))
                .map(canary -> "a version gets " + canary.percent() + " % of the traffic first, judged by "
                        + names(canary.gates())
                        + then.map(before ->
                                        ", instead of " + before.percent() + " %, judged by " + names(before.gates()))
                                .orElse(""));
    }

    private static List<String> names(List<GatePolicy> gates) {
        return gates.stream().map(GatePolicy::name).toList();
    }

    private static Optional<String> upstream(Optional<Upstream> then, Optional<Upstream> now) {
        return now.flatMap(rule -> {
            boolean same = then.map(Upstream::environment).equals(Optional.of(rule.environment()));
            if (!same) {
                return Optional.of("versions come from " + rule.environment());
            }
            boolean longer = rule.soak().compareTo(then.orElseThrow().soak()) > 0;
            return longer
                    ? Optional.of("versions have to be active in " + rule.environment() + " for "
                            + Spans.text(rule.soak()) + " instead of "
                            + Spans.text(then.orElseThrow().soak()))
                    : Optional.empty();
        });
    }
}
