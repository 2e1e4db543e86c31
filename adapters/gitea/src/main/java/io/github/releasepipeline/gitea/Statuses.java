package io.github.releasepipeline.gitea;

import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CheckSummary.Check;
import io.github.releasepipeline.source.CheckSummary.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Folds the commit statuses of all pages into checks. */
final class Statuses {
    private Statuses() {}

    /** The newest status of each context, by name. */
    static List<StatusRow> latest(List<StatusRow> rows) {
        Map<String, StatusRow> latest = new TreeMap<>();
        rows.forEach(row -> latest.merge(row.context(), row, (a, b) -> a.id() > b.id() ? a : b));
        return List.copyOf(latest.values());
    }

    /**
     * Each status once, and each required context that nobody has reported yet.
     *
     * @param rows one for each context
     */
    static CheckSummary summary(List<StatusRow> rows, Protection protection) {
        Stream<Check> missing = protection.contexts().stream()
                .filter(glob -> rows.stream().noneMatch(row -> ContextGlob.matches(glob, row.context())))
                .map(glob -> new Check(glob, Status.PENDING, "expected", "required, not reported", Optional.empty()));
        return new CheckSummary(
                Stream.concat(rows.stream().map(StatusRow::check), missing).toList());
    }
}
