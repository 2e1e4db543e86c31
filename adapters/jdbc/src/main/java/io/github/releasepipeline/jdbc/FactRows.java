package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.figure.FactKind;
import io.github.releasepipeline.policy.EnvironmentName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes facts, and counts them by the day. */
final class FactRows {
    static final long DAY = Duration.ofDays(1).toSeconds() * 1_000_000;
    private static final String FACT = "release_pipeline_fact";
    private static final List<String> FACT_KEY = List.of("pipeline", "subject", "kind", "part");
    private static final List<String> TALLY_KEY = List.of("pipeline", "day", "environment", "kind", "class");

    private FactRows() {}

    /** A row of the tallies; in the order in which every transaction locks them. */
    private record Drawer(long day, String environment, String kind, int number) implements Comparable<Drawer> {
        static Drawer of(Fact fact) {
            return new Drawer(
                    Math.floorDiv(Micros.of(fact.at()), DAY),
                    FactRows.environment(fact),
                    fact.kind().name(),
                    DurationClass.of(micros(fact)));
        }

        @Override
        public int compareTo(Drawer other) {
            int byPlace = (environment + " " + kind).compareTo(other.environment + " " + other.kind);
            int byDay = byPlace != 0 ? byPlace : Long.compare(day, other.day);
            return byDay != 0 ? byDay : Integer.compare(number, other.number);
        }
    }

    private record Sum(long facts, long took) {
        Sum plus(Sum other) {
            return new Sum(facts + other.facts, took + other.took);
        }
    }

    static void recount(Script script, String pipeline, List<Fact> before, List<Fact> after) {
        Set<String> kept = after.stream().map(FactRows::key).collect(Collectors.toSet());
        for (Fact fact : before) {
            if (!kept.contains(key(fact))) {
                script.addOfAnyTime(
                        fact.subject(),
                        "delete from " + FACT + " where pipeline = :pipeline and subject = :subject and kind = :kind"
                                + " and part = :part",
                        keyRow(pipeline, fact));
            }
        }
        upsert(
                script,
                FACT,
                FACT_KEY,
                "environment = excluded.environment, at = excluded.at, took = excluded.took",
                after.stream()
                        .filter(fact -> !before.contains(fact))
                        .map(fact -> row(pipeline, fact))
                        .toList());
        upsert(
                script,
                "release_pipeline_tally",
                TALLY_KEY,
                "facts = release_pipeline_tally.facts + excluded.facts, took = release_pipeline_tally.took + excluded.took",
                changes(before, after).entrySet().stream()
                        .map(change -> row(pipeline, change.getKey(), change.getValue()))
                        .toList());
    }

    private static Map<Drawer, Sum> changes(List<Fact> before, List<Fact> after) {
        Map<Drawer, Sum> changes = new TreeMap<>();
        before.forEach(fact -> changes.merge(Drawer.of(fact), new Sum(-1, -micros(fact)), Sum::plus));
        after.forEach(fact -> changes.merge(Drawer.of(fact), new Sum(1, micros(fact)), Sum::plus));
        changes.values().removeIf(new Sum(0, 0)::equals);
        return changes;
    }

    /** All rows by one statement, none of which has the key of another. */
    private static void upsert(Script script, String table, List<String> key, String change, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Row first = rows.get(0);
        String statement = Texts.of(
                List.of("upsert", table, List.copyOf(first.names()), key, change, rows.size()),
                () -> "insert into " + table + " (" + String.join(", ", first.names()) + ") values "
                        + Row.places(first, rows.size()) + " on conflict (" + String.join(", ", key)
                        + ") do update set " + change);
        script.addOfAnyTime("figures", statement, Row.numbered(rows));
    }

    private static String key(Fact fact) {
        return fact.subject() + " " + fact.kind() + " " + fact.part();
    }

    private static Row keyRow(String pipeline, Fact fact) {
        return Row.of("pipeline", pipeline)
                .and("subject", Escaped.id(fact.subject()))
                .and("kind", fact.kind().name())
                .and("part", Escaped.key(fact.part()));
    }

    private static Row row(String pipeline, Fact fact) {
        return keyRow(pipeline, fact)
                .and("environment", environment(fact))
                .and("at", Micros.of(fact.at()))
                .and("took", micros(fact));
    }

    private static Row row(String pipeline, Drawer drawer, Sum sum) {
        return Row.of("pipeline", pipeline)
                .and("day", (int) drawer.day())
                .and("environment", drawer.environment())
                .and("kind", drawer.kind())
                .and("class", drawer.number())
                .and("facts", sum.facts())
                .and("took", sum.took());
    }

    private static String environment(Fact fact) {
        return fact.environment().map(EnvironmentName::value).orElse("");
    }

    private static long micros(Fact fact) {
        return fact.took().toSeconds() * 1_000_000 + fact.took().toNanosPart() / 1_000;
    }

    static Fact read(ResultSet row) throws SQLException {
        String environment = row.getString("environment");
        return new Fact(
                FactKind.valueOf(row.getString("kind")),
                Escaped.read(row.getString("subject")),
                Escaped.read(row.getString("part")),
                environment.isEmpty() ? Optional.empty() : Optional.of(new EnvironmentName(environment)),
                at(row.getLong("at")),
                took(row.getLong("took")));
    }

    static Instant at(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static Duration took(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
