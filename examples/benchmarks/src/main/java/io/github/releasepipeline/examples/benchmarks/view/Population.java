package io.github.releasepipeline.examples.benchmarks.view;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Makes many rows of few: every row is copied with other ids and other times, spread evenly over ninety days, so that more
 * releases are a denser time and not a longer one. As many pull requests are open in each.
 */
final class Population {
    private static final long SPAN = 90L * 86_400 * 1_000_000;

    /** Rows lie in the order in which they would have been inserted: the time is the sixth column of each. */
    private static final String IN_TIME = " order by 6";

    private Population() {}

    /** @param copies how many of each row there shall be */
    static void multiply(DataSource database, int copies, long newest) throws SQLException {
        // k * golden ratio spreads any number of copies evenly; the same copy of a release and of its facts moves
        // alike.
        String shift = " - ((k * 0.6180339887498949 - floor(k * 0.6180339887498949)) * " + SPAN + ")::bigint";
        String from = " from generate_series(1, " + (copies - 1) + ") k, ";
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute("set session_replication_role = replica");
            sql.execute("insert into release_pipeline_release select pipeline, id || '-' || k, revision, chain_length,"
                    + " chain_hash, " + newest + shift + ", " + newest + shift
                    + " + (finished_at - created_at), author || (k % 3),"
                    + " environment, case when k % 20 = 0 then 'FAILED' when k % 1000 = 1 then 'ROLLED_BACK' else state end,"
                    + " document" + from + "release_pipeline_release" + IN_TIME);
            sql.execute(
                    "insert into release_pipeline_change_set select pipeline, id || '-' || k, revision, chain_length,"
                            + " chain_hash, " + newest + shift + ", author || (k % 3), state, document" + from
                            + "release_pipeline_change_set where k % 2 = 0" + IN_TIME);
            sql.execute("insert into release_pipeline_version select pipeline, id || '-' || k, revision, chain_length,"
                    + " chain_hash, " + newest + shift + ", author || (k % 3), state, unique_tag || '-' || k, line,"
                    + " precedence || '-' || k, hotfix, content, standing" + from
                    + "release_pipeline_version where k % 2 = 0" + IN_TIME);
            sql.execute(
                    "insert into release_pipeline_pull_request select pipeline, id || '-' || k, revision, chain_length,"
                            + " chain_hash, " + newest + shift + ", place || '-' || k, author || (k % 3),"
                            + " case when k <= 10 then 'OPEN' else 'MERGED' end, items, document" + from
                            + "release_pipeline_pull_request where k % 2 = 0" + IN_TIME);
            sql.execute(
                    "insert into release_pipeline_fact select pipeline, subject || '-' || k, kind, part, environment, "
                            + newest + shift + ", greatest(0, (took * (0.5 + (k % 97) / 97.0))::bigint)" + from
                            + "release_pipeline_fact where kind <> 'HOTFIX' or k % 200 = 0" + IN_TIME);
            sql.execute("truncate release_pipeline_tally");
            sql.execute(
                    "insert into release_pipeline_tally select pipeline, floor(at / 86400000000.0)::int, environment, kind,"
                            + " case when took < 1 then 0 else 1 + floor(ln(took) / ln(1.1))::int end, count(*), sum(took)"
                            + " from release_pipeline_fact group by 1, 2, 3, 4, 5");
            sql.execute("vacuum analyze");
            sql.execute("checkpoint"); // or it is written while the view is measured
        }
    }
}
