package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.figure.FactKind;
import io.github.releasepipeline.figure.Stock;
import io.github.releasepipeline.figure.Tally;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.store.FigureTables;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whole days come from the tallies, the rest of a window and small numbers from the facts. */
final class JdbcFigures implements FigureTables {
    static final String STOCK = "select (select count(*) from release_pipeline_pull_request where pipeline = :pipeline"
            + " and status in ('APPROVED', 'CHANGES_REQUESTED', 'OPEN', 'REVIEW_REQUESTED') and items > 0),"
            + " (select count(*) from release_pipeline_change_set where pipeline = :pipeline and state = 'READY')";

    private final Database database;
    private final String pipeline;

    JdbcFigures(Database database, String pipeline) {
        this.database = database;
        this.pipeline = pipeline;
    }

    @Override
    public Map<FactKind, Tally> tally(Window window, Optional<EnvironmentName> environment) {
        Days days = Days.of(window);
        return database.read(sql -> {
            Map<FactKind, Counter> counters = new EnumMap<>(FactKind.class);
            sql.each(
                    daysStatement(environment.isPresent()),
                    where(environment).and("from", (int) days.first()).and("to", (int) days.end()),
                    row -> counter(counters, row.getString(1))
                            .add(DurationClass.middle(row.getInt(2)), row.getLong(3), row.getLong(4)));
            for (Window edge : days.edges(window)) {
                sql.each(
                        factsStatement(environment.isPresent(), allKinds()),
                        within(environment, edge),
                        row -> counter(counters, row.getString(1)).add(row.getLong(2), 1, row.getLong(2)));
            }
            exact(sql, window, environment, counters);
            Map<FactKind, Tally> tallies = new EnumMap<>(FactKind.class);
            counters.forEach((kind, counter) -> {
                if (counter.facts > 0) {
                    tallies.put(kind, counter.tally());
                }
            });
            return tallies;
        });
    }

    @Override
    public Stock stock() {
        return database.read(sql -> sql.first(
                        STOCK, Row.of("pipeline", pipeline), row -> new Stock(row.getLong(1), row.getLong(2))))
                .orElseThrow(() -> new IllegalStateException("A query without a table has one row"));
    }

    /** Of those that are few, every single duration. */
    private void exact(Sql sql, Window window, Optional<EnvironmentName> environment, Map<FactKind, Counter> counters) {
        List<FactKind> few = counters.entrySet().stream()
                .filter(counter -> counter.getValue().facts > 0)
                .filter(counter -> counter.getValue().facts <= Tally.EXACT
                        && counter.getValue().measures())
                .map(Map.Entry::getKey)
                .toList();
        if (few.isEmpty()) {
            return;
        }
        few.forEach(kind -> counters.put(kind, new Counter()));
        sql.each(
                factsStatement(environment.isPresent(), few),
                within(environment, window),
                row -> counter(counters, row.getString(1)).add(row.getLong(2), 1, row.getLong(2)));
    }

    private static Counter counter(Map<FactKind, Counter> counters, String kind) {
        return counters.computeIfAbsent(FactKind.valueOf(kind), one -> new Counter());
    }

    /** Counts the facts of one kind. */
    private static final class Counter {
        private final SortedMap<Duration, Long> spread = new TreeMap<>();
        private long facts;
        private long took;

        void add(long each, long more, long together) {
            facts += more;
            took += together;
            spread.merge(FactRows.took(each), more, Long::sum);
        }

        boolean measures() {
            return took != 0 || spread.size() > 1;
        }

        Tally tally() {
            spread.values().removeIf(count -> count == 0);
            return new Tally(facts, FactRows.took(took), spread);
        }
    }

    /** The days of UTC that lie wholly in a window, as numbers since 1970-01-01; {@code end} is the first after them. */
    private record Days(long first, long end) {
        static Days of(Window window) {
            long from = Micros.bound(window.from());
            long begun = Math.floorDiv(from, FactRows.DAY);
            long first = Math.floorMod(from, FactRows.DAY) == 0 ? begun : begun + 1;
            long end = Math.floorDiv(Micros.bound(window.to()), FactRows.DAY);
            return new Days(first, Math.max(first, end));
        }

        /** What of the window lies outside these days. */
        List<Window> edges(Window window) {
            if (first == end) {
                return List.of(window);
            }
            List<Window> edges = new ArrayList<>();
            Window before = new Window(window.from(), FactRows.at(first * FactRows.DAY));
            Window after = new Window(FactRows.at(end * FactRows.DAY), window.to());
            for (Window edge : List.of(before, after)) {
                if (!edge.from().equals(edge.to())) {
                    edges.add(edge);
                }
            }
            return edges;
        }
    }

    static String daysStatement(boolean inEnvironment) {
        return "select kind, class, sum(facts), sum(took) from release_pipeline_tally where pipeline = :pipeline"
                + " and day >= :from and day < :to" + (inEnvironment ? " and environment in (:environment, '')" : "")
                + " group by kind, class";
    }

    static String factsStatement(boolean inEnvironment, List<FactKind> kinds) {
        return facts("kind, took", kinds) + (inEnvironment ? " and environment in (:environment, '')" : "");
    }

    /** The names of constants: nothing that would have to be bound. */
    private static String facts(String columns, List<FactKind> kinds) {
        return "select " + columns + " from release_pipeline_fact where pipeline = :pipeline and kind in ("
                + String.join(
                        ", ",
                        kinds.stream().map(kind -> "'" + kind.name() + "'").toList())
                + ") and at >= :from and at < :to";
    }

    private static List<FactKind> allKinds() {
        return List.of(FactKind.values());
    }

    @Override
    public Page<Fact> list(FactKind kind, Window window, Optional<EnvironmentName> environment, PageRequest page) {
        Optional<Cursor> after = page.after().map(text -> Cursor.parse("facts", text));
        Row values = within(environment, window).and("limit", page.size() + 1);
        after.ifPresent(cursor -> values.and("after", cursor.order()).and("after_place", cursor.place()));
        List<Found> found = database.read(sql -> sql.list(
                listStatement(kind, environment.isPresent(), after.isPresent()),
                values,
                row -> new Found(
                        new Cursor("facts", row.getLong("at"), row.getString("subject") + " " + row.getString("part")),
                        FactRows.read(row))));
        List<Found> shown = found.size() > page.size() ? found.subList(0, page.size()) : found;
        Optional<String> next = found.size() > page.size()
                ? Optional.of(shown.get(page.size() - 1).cursor().text())
                : Optional.empty();
        return new Page<>(shown.stream().map(Found::fact).toList(), next);
    }

    private record Found(Cursor cursor, Fact fact) {}

    static String listStatement(FactKind kind, boolean inEnvironment, boolean after) {
        return facts("subject, kind, part, environment, at, took", List.of(kind))
                + (inEnvironment ? " and environment = :environment" : "")
                + (after ? " and (at, subject || ' ' || part) < (:after, :after_place) and at <= :after" : "")
                + " order by at desc, subject || ' ' || part desc limit :limit";
    }

    @Override
    public List<Fact> hotfixed(Window window, Duration within, Optional<EnvironmentName> environment) {
        long most = within.toSeconds() * 1_000_000 + within.toNanosPart() / 1_000;
        Row values =
                within(environment, window).and("within", most).and("latest", latest(Micros.bound(window.to()), most));
        return database.read(sql -> sql.list(hotfixedStatement(environment.isPresent()), values, FactRows::read));
    }

    private static long latest(long end, long within) {
        return end > Long.MAX_VALUE - within ? Long.MAX_VALUE : end + within;
    }

    static String hotfixedStatement(boolean inEnvironment) {
        return "select p.subject, 'RECOVERED' as kind, '' as part, p.environment, p.at, h.at - p.at as took from ("
                + "select f.environment, f.at, (select max(e.at) from release_pipeline_fact e where e.pipeline = :pipeline"
                + " and e.environment = f.environment and e.kind = 'PRODUCTION' and e.at < f.at) as before"
                + " from release_pipeline_fact f where f.pipeline = :pipeline and f.kind = 'HOTFIX' and f.at >= :from"
                + " and f.at <= :latest" + (inEnvironment ? " and f.environment = :environment" : "")
                + ") h join release_pipeline_fact p on p.pipeline = :pipeline and p.environment = h.environment"
                + " and p.kind = 'PRODUCTION' and p.at = h.before where p.at >= :from and p.at < :to"
                + " and h.at - p.at <= :within and not exists (select 1 from release_pipeline_fact r"
                + " where r.pipeline = :pipeline and r.subject = p.subject and r.kind = 'RECOVERED' and r.part = '')"
                + " order by p.at, p.subject";
    }

    @Override
    public List<Fact> of(String subject) {
        return database.read(sql -> sql.list(
                "select subject, kind, part, environment, at, took from release_pipeline_fact"
                        + " where pipeline = :pipeline and subject = :subject",
                Row.of("pipeline", pipeline).and("subject", Escaped.id(subject)),
                FactRows::read));
    }

    private Row where(Optional<EnvironmentName> environment) {
        Row row = Row.of("pipeline", pipeline);
        environment.ifPresent(name -> row.and("environment", name.value()));
        return row;
    }

    private Row within(Optional<EnvironmentName> environment, Window window) {
        return where(environment).and("from", Micros.bound(window.from())).and("to", Micros.bound(window.to()));
    }
}
