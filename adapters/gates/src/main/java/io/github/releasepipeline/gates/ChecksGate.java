package io.github.releasepipeline.gates;

import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CheckSummary.Check;
import io.github.releasepipeline.source.CheckSummary.Status;
import io.github.releasepipeline.source.CommitChecks;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A quality gate: the checks of the version's commit are green. Has failed if any of them has; is inconclusive while any is
 * not finished, is of unknown status or was never reported. To wait for checks, have it sampled. Immutable and thread-safe.
 */
public final class ChecksGate implements QualityGate {
    private static final int NAMES_TOLD = 5;
    private static final int CHECKS_KEPT = 40;

    private final String name;
    private final CommitChecks source;
    private final Set<String> required;

    private ChecksGate(String name, CommitChecks source, Set<String> required) {
        this.name = name;
        this.source = source;
        this.required = required;
    }

    /** All checks that are reported, at least one. */
    public static ChecksGate of(String name, CommitChecks source) {
        return new ChecksGate(name, source, Set.of());
    }

    /** The same for these checks only; others may be red. */
    public ChecksGate requiring(String... checks) {
        return new ChecksGate(name, source, Set.of(checks));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public GateResult evaluate(GateContext context) {
        CheckSummary all = source.checks(context.commit());
        List<Check> checks = all.checks().stream()
                .filter(check -> required.isEmpty() || required.contains(check.name()))
                .toList();
        return verdict(context, checks).with(evidence(context, checks));
    }

    private GateResult verdict(GateContext context, List<Check> checks) {
        List<String> failed = names(checks, Status.FAILED);
        if (!failed.isEmpty()) {
            return GateResult.failed(name + " failed: " + told(failed));
        }
        List<String> open = new ArrayList<>(names(checks, Status.PENDING));
        open.addAll(names(checks, Status.UNKNOWN));
        Set<String> missing = new TreeSet<>(required);
        checks.forEach(check -> missing.remove(check.name()));
        open.addAll(missing);
        if (!open.isEmpty()) {
            return GateResult.inconclusive(name + ": not known yet: " + told(open));
        }
        return checks.isEmpty()
                ? GateResult.inconclusive(name + ": nothing is reported of commit "
                        + context.commit().abbreviated())
                : GateResult.passed(name + " passed (" + checks.size() + "/" + checks.size() + ")");
    }

    private static Map<String, String> evidence(GateContext context, List<Check> checks) {
        Map<String, String> evidence = new TreeMap<>();
        evidence.put("commit", context.commit().hex());
        checks.stream()
                .limit(CHECKS_KEPT)
                .forEach(check -> evidence.put(
                        "check " + check.name(),
                        check.status() + check.link().map(link -> " " + link).orElse("")));
        return evidence;
    }

    private static List<String> names(List<Check> checks, Status status) {
        return checks.stream()
                .filter(check -> check.status() == status)
                .map(Check::name)
                .sorted()
                .toList();
    }

    private static String told(List<String> names) {
        String first = names.stream().limit(NAMES_TOLD).collect(Collectors.joining(", "));
        return names.size() > NAMES_TOLD ? first + " and " + (names.size() - NAMES_TOLD) + " more" : first;
    }
}
