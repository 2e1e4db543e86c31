package io.github.releasepipeline.github;

import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CheckSummary.Check;
import io.github.releasepipeline.source.CheckSummary.Status;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Check runs and commit statuses of one commit, each once, and the required ones that have not reported. */
final class Checks {
    private static final Set<String> PASSED = Set.of("success", "neutral", "skipped");
    private static final Set<String> FAILED =
            Set.of("failure", "timed_out", "cancelled", "action_required", "stale", "startup_failure", "error");
    private static final Set<String> PENDING =
            Set.of("queued", "in_progress", "waiting", "requested", "pending", "expected", "");
    private static final Comparator<Reported> NEWEST =
            Comparator.comparing(Reported::at).thenComparing(Reported::id);

    private final Map<String, Reported> newest = new HashMap<>();
    private final Set<String> unreadable = new TreeSet<>();

    /**
     * One report.
     *
     * @param source who reports: the app, or empty for a status
     * @param name of the check or context of the status
     * @param word GitHub's word for the result, or for how far it is
     * @param at when it ended, or the beginning of time while it runs
     * @param id larger for later ones
     */
    record Reported(String source, String name, String word, String summary, Optional<URI> link, Instant at, long id) {}

    /** Adds a report; only the newest of a name counts, and one that runs is newer than all. */
    void add(Reported report) {
        newest.merge(report.source + "/" + report.name, report, (a, b) -> NEWEST.compare(a, b) > 0 ? a : b);
    }

    /** These could not be read: they are shown as one check of unknown status, so that nobody takes them for none. */
    void unreadable(String what) {
        unreadable.add(what);
    }

    CheckSummary summary(Collection<String> required) {
        Map<String, Check> shown = new TreeMap<>();
        Map<String, Long> names = new HashMap<>();
        newest.values().forEach(report -> names.merge(report.name, 1L, Long::sum));
        for (Reported report : newest.values()) {
            String name = names.getOrDefault(report.name, 0L) > 1 && !report.source.isEmpty()
                    ? report.name + " (" + report.source + ")"
                    : report.name;
            shown.put(name, check(name, report));
        }
        for (String context : required) {
            if (!names.containsKey(context) && unreadable.isEmpty()) {
                shown.put(context, new Check(context, Status.PENDING, "expected", "required", Optional.empty()));
            }
        }
        List<Check> checks = new ArrayList<>(shown.values());
        if (!unreadable.isEmpty()) {
            checks.add(new Check(
                    "checks",
                    Status.UNKNOWN,
                    "unreadable",
                    "the token may not read " + String.join(", ", unreadable),
                    Optional.empty()));
        }
        return new CheckSummary(checks);
    }

    private static Check check(String name, Reported report) {
        return new Check(name, status(report.word), report.word, report.summary, report.link);
    }

    static Status status(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (PASSED.contains(lower)) {
            return Status.PASSED;
        }
        if (FAILED.contains(lower)) {
            return Status.FAILED;
        }
        return PENDING.contains(lower) ? Status.PENDING : Status.UNKNOWN;
    }
}
