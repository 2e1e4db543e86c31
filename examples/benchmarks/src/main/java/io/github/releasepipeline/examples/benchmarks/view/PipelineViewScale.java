package io.github.releasepipeline.examples.benchmarks.view;

import com.zaxxer.hikari.HikariDataSource;
import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.PipelineView;
import io.github.releasepipeline.ViewPages;
import io.github.releasepipeline.examples.benchmarks.lifecycle.Server;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.Window;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The pipeline view (50 rows of each table, and all figures of the last 30 days) on one PostgreSQL with a thousand, a hundred
 * thousand and a million releases, in one run; beside it one statement that fetches the same rows. Arguments: the numbers of
 * releases; {@code 1000,100000,1000000} if nothing is said.
 */
public final class PipelineViewScale {
    private static final int ROWS = 50;
    private static final int PAGES = 50;
    private static final int BASE = 50;
    private static final int ROUNDS = 60;

    private PipelineViewScale() {}

    /** Something that is measured. */
    private interface Work {
        void run() throws SQLException;
    }

    /** Measures all and prints what came of it. */
    public static void main(String[] args) throws Exception {
        int[] sizes = Arrays.stream((args.length > 0 ? args[0] : "1000,100000,1000000").split(",", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        Map<String, double[]> times = new LinkedHashMap<>();
        try (Server server = Server.start()) {
            for (int i = 0; i < sizes.length; i++) {
                measure(server.database("view_" + sizes[i]), sizes[i], i, sizes.length, times);
            }
        }
        System.out.printf("%n%-46s", "median of " + ROUNDS + ", ms");
        Arrays.stream(sizes).forEach(size -> System.out.printf(" %12d", size));
        System.out.printf(" %10s%n", "last/first");
        times.forEach((name, found) -> {
            System.out.printf("%-46s", name);
            Arrays.stream(found).forEach(time -> System.out.printf(" %12.2f", time));
            System.out.printf(" %9.2fx%n", found[found.length - 1] / found[0]);
        });
    }

    private static void measure(DataSource database, int size, int column, int columns, Map<String, double[]> times)
            throws Exception {
        SettableClock clock = SettableClock.at("2026-03-15T12:00:00Z");
        try (HikariDataSource pool = Server.pool(database, 4)) {
            long begin = System.nanoTime();
            try (Company company = Company.on(JdbcPipelineStore.on(pool), clock)) {
                ActingPipeline alice = company.alice();
                for (int i = 0; i < BASE; i++) {
                    company.release(i);
                }
                Population.multiply(pool, size / BASE, clock.instant().toEpochMilli() * 1_000);
                System.out.printf("%d releases made in %.0f s%n", size, (System.nanoTime() - begin) / 1e9);
                Window window = Window.calendarDays(30, clock.instant(), ZoneOffset.UTC);
                PipelineFilter production = PipelineFilter.all().in(new EnvironmentName("production"));
                PipelineFilter narrow = production
                        .by("alice1")
                        .releases(ReleaseState.Kind.SUCCEEDED)
                        .created(Window.lastDays(30, clock.instant()));
                ViewPages first = ViewPages.first(ROWS);
                ViewPages fiftieth = fiftieth(alice);
                Map<String, Work> works = new LinkedHashMap<>();
                works.put("view", () -> look(alice.view(PipelineFilter.all(), window, first)));
                works.put("view, one environment", () -> look(alice.view(production, window, first)));
                works.put("view, environment, author, state, 30 days", () -> look(alice.view(narrow, window, first)));
                works.put("view, fiftieth page", () -> look(alice.view(PipelineFilter.all(), window, fiftieth)));
                works.put("figures only", () -> alice.metrics().of(window, Optional.empty()));
                String statement = statement(alice);
                works.put("one statement that fetches the same rows", () -> fetch(pool, statement));
                for (Map.Entry<String, Work> work : works.entrySet()) {
                    times.computeIfAbsent(work.getKey(), name -> new double[columns])[column] = median(work.getValue());
                }
            }
        }
    }

    private static ViewPages fiftieth(ActingPipeline alice) {
        ViewPages pages = ViewPages.first(ROWS);
        for (int i = 1; i < PAGES; i++) {
            PipelineView view = alice.view(PipelineFilter.all(), Window.lastDays(1, Instant.EPOCH), pages);
            pages = new ViewPages(
                    next(view.pullRequests().next(), pages.pullRequests()),
                    next(view.changeSets().next(), pages.changeSets()),
                    next(view.versions().next(), pages.versions()),
                    next(view.releases().next(), pages.releases()));
        }
        return pages;
    }

    /** A table that has no further page is looked at where it ends. */
    private static PageRequest next(Optional<String> after, PageRequest page) {
        return after.map(PageRequest.first(ROWS)::after).orElse(page);
    }

    private static void look(PipelineView view) {
        if (view.releases().rows().size() > ROWS) {
            throw new IllegalStateException("too many rows");
        }
    }

    /**
     * Fetches what the view reads for its tables and nothing else, as text: the first page of each, and the pull requests
     * whose items are counted beside the change sets.
     */
    private static String statement(ActingPipeline alice) {
        String members = alice.changeSets().list(PipelineFilter.all(), PageRequest.first(ROWS)).rows().stream()
                .flatMap(row -> row.set().pullRequests().stream())
                .distinct()
                .map(number -> "'" + new PullRequestId(Company.REPOSITORY, number).value() + "'")
                .collect(Collectors.joining(", "));
        return "(select document from release_pipeline_pull_request where pipeline = 'default' and items > 0"
                + " and status in ('APPROVED', 'CHANGES_REQUESTED', 'OPEN', 'REVIEW_REQUESTED')"
                + " order by created_at desc, place desc limit 51)"
                + " union all (select document from release_pipeline_pull_request where pipeline = 'default'"
                + " and id in (" + members + "))"
                + " union all (select document from release_pipeline_change_set where pipeline = 'default'"
                + " order by created_at desc, id desc limit 51)"
                + " union all (select content || standing from release_pipeline_version where pipeline = 'default'"
                + " and state <> 'DISCARDED' order by created_at desc, id desc limit 51)"
                + " union all (select document from release_pipeline_release where pipeline = 'default'"
                + " order by created_at desc, id desc limit 51)";
    }

    private static void fetch(DataSource database, String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(statement);
                ResultSet rows = query.executeQuery()) {
            int found = 0;
            while (rows.next()) {
                if (!rows.getString(1).isEmpty()) {
                    found++;
                }
            }
            if (found < 5 * ROWS) {
                throw new IllegalStateException("only " + found + " rows");
            }
        }
    }

    private static double median(Work work) throws SQLException {
        double[] times = new double[ROUNDS];
        for (int i = -10 * ROUNDS; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            work.run();
            if (i >= 0) {
                times[i] = (System.nanoTime() - begin) / 1e6;
            }
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }
}
