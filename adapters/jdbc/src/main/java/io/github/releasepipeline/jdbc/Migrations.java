package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Brings a database's tables to the version that this library knows. What was done is kept in a table of our own name, so
 * that the host's migration tool is not disturbed; the files are plain SQL, to be run by a person or another tool if the
 * host's rules demand it. Safe when several processes start at once: one does the work, the others wait and find it done.
 */
final class Migrations {
    private static final String HISTORY = "release_pipeline_migration";

    private final Database database;
    private final String component;
    private final List<Step> steps;

    /**
     * @param component what the tables are for; each component counts its versions on its own
     * @param files names of its files, oldest first
     */
    Migrations(Database database, String component, List<String> files) {
        this.database = database;
        this.component = component;
        this.steps = files.stream().map(this::step).toList();
    }

    private record Step(int version, String description, String sql, String checksum) {}

    private record Applied(int version, String checksum) {}

    void run() {
        if (pending(database.read(this::history)).isEmpty()) {
            return;
        }
        database.transact(sql -> {
            sql.lock(HISTORY);
            database.names().schema().ifPresent(schema -> makeSchema(sql, schema));
            sql.execute(sql.names().in("create table if not exists " + HISTORY)
                    + " (component varchar(40) not null, version integer not null,"
                    + " description varchar(200) not null, checksum varchar(64) not null, applied_at bigint not null,"
                    + " primary key (component, version))");
            pending(applied(sql)).forEach(step -> apply(sql, step));
            return true;
        });
    }

    private List<Applied> history(Sql sql) {
        return exists(sql) ? applied(sql) : List.of();
    }

    private static boolean exists(Sql sql) {
        String query = switch (sql.dialect()) {
            case SQLITE -> "select 1 from sqlite_master where type = 'table' and name = '" + HISTORY + "'";
            case POSTGRESQL -> "select 1 where to_regclass('" + HISTORY + "') is not null";
        };
        return sql.first(query, new Row(), row -> true).isPresent();
    }

    private List<Applied> applied(Sql sql) {
        return sql.list(
                "select version, checksum from " + HISTORY + " where component = :component order by version",
                Row.of("component", component),
                row -> new Applied(row.getInt(1), row.getString(2)));
    }

    private List<Step> pending(List<Applied> history) {
        for (Applied applied : history) {
            if (applied.version() > steps.size()) {
                throw AdapterException.lasting(
                        database.name() + " has version " + applied.version() + " of the " + component
                                + " tables; this library knows " + steps.size() + ". Use a newer library",
                        null);
            }
            if (!steps.get(applied.version() - 1).checksum().equals(applied.checksum())) {
                throw AdapterException.lasting(
                        database.name() + " was given another version " + applied.version() + " of the " + component
                                + " tables than this library has; restore the original file or the database",
                        null);
            }
        }
        return steps.subList(history.size(), steps.size());
    }

    /** Everything is made in the schema without being named with it, until this transaction ends. */
    private static void makeSchema(Sql sql, String schema) {
        boolean missing = sql.first(
                        "select 1 from pg_namespace where nspname = :schema", Row.of("schema", schema), row -> true)
                .isEmpty();
        if (missing) {
            sql.execute("create schema \"" + schema + '"');
        }
        sql.execute("set local search_path to \"" + schema + '"');
    }

    private void apply(Sql sql, Step step) {
        SqlScript.statements(step.sql())
                .forEach(statement -> sql.execute(sql.names().unqualified(statement)));
        sql.update(
                "the tables",
                "insert into " + HISTORY + " (component, version, description, checksum, applied_at)"
                        + " values (:component, :version, :description, :checksum, :applied_at)",
                Row.of("component", component)
                        .and("version", step.version())
                        .and("description", step.description())
                        .and("checksum", step.checksum())
                        .and("applied_at", Micros.of(Instant.now())));
    }

    private Step step(String file) {
        String path = "migration/" + database.dialect().folder() + "/" + file + ".sql";
        try (InputStream in = Migrations.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The library's file " + path + " is missing");
            }
            String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Step(
                    Integer.parseInt(file.substring(0, 3)),
                    file.substring(4),
                    sql,
                    Digest.of(sql).hex());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
