package io.github.releasepipeline.jdbc;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one row of an environment: what is active, what was active before, what waits.
 *
 * @param environment whose row
 * @param newestToken the newest fencing token seen
 * @param active the active set
 * @param previous the set that was active before, kept for executions that began with it
 * @param staged the set that the next activation makes active
 * @param canary the set that got a part of new executions last, kept for those that began with it
 * @param canaryPart how many percent of new executions get it now
 * @param routing whether executions get the active set
 */
record Pointers(
        String environment,
        long newestToken,
        Optional<String> active,
        Optional<String> previous,
        Optional<String> staged,
        Optional<String> canary,
        int canaryPart,
        boolean routing) {

    static Pointers read(Sql sql, String environment) {
        return select(sql, environment, "");
    }

    /** The row, held until the transaction ends. */
    static Pointers lock(Sql sql, String environment) {
        sql.update(
                "environment:" + environment,
                "insert into release_pipeline_target (environment, newest_token, canary_part, routing)"
                        + " values (:environment, 0, 0, 1)"
                        + " on conflict (environment) do nothing",
                Row.of("environment", environment));
        return select(sql, environment, sql.dialect().forUpdate());
    }

    private static Pointers select(Sql sql, String environment, String suffix) {
        return sql.first(
                        "select newest_token, active_set, previous_set, staged_set, canary_set, canary_part, routing"
                                + " from release_pipeline_target where environment = :environment" + suffix,
                        Row.of("environment", environment),
                        row -> new Pointers(
                                environment,
                                row.getLong(1),
                                Optional.ofNullable(row.getString(2)),
                                Optional.ofNullable(row.getString(3)),
                                Optional.ofNullable(row.getString(4)),
                                Optional.ofNullable(row.getString(5)),
                                row.getInt(6),
                                row.getInt(7) == 1))
                .orElseGet(() -> new Pointers(
                        environment,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        true));
    }

    void raise(Sql sql, long token) {
        if (token > newestToken) {
            set(sql, "newest_token = :value", token);
        }
    }

    /** What was staged before is dropped. */
    void stage(Sql sql, String set) {
        set(sql, "staged_set = :value, canary_part = 0", set);
        staged.filter(dropped -> !canary.equals(staged)).ifPresent(dropped -> ItemSets.delete(sql, dropped));
    }

    /** A part of new executions gets what is staged. */
    void tryOut(Sql sql, int percent) {
        set(sql, "canary_set = staged_set, canary_part = :value", percent);
        canary.filter(forgotten -> !canary.equals(staged)).ifPresent(forgotten -> ItemSets.delete(sql, forgotten));
    }

    /** What was staged becomes active, by one change of one row. */
    void activateStaged(Sql sql) {
        set(
                sql,
                "previous_set = active_set, active_set = staged_set, staged_set = null, canary_set = null,"
                        + " canary_part = 0, routing = 1",
                null);
        previous.ifPresent(forgotten -> ItemSets.delete(sql, forgotten));
        canary.filter(forgotten -> !canary.equals(staged)).ifPresent(forgotten -> ItemSets.delete(sql, forgotten));
    }

    void route(Sql sql, boolean on) {
        set(sql, "routing = :value, canary_part = 0", on ? 1 : 0);
    }

    private void set(Sql sql, String change, @Nullable Object value) {
        sql.update(
                "environment:" + environment,
                "update release_pipeline_target set " + change + " where environment = :environment",
                Row.of("environment", environment).and("value", value));
    }
}
