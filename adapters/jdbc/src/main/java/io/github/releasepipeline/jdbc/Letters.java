package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.store.BuriedLetter;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Outbox;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The outbox: a row for each letter that is neither delivered nor forgotten; its record stands in the audit trail. */
final class Letters implements Outbox {
    /** Letters of a sink that are due, oldest first, each the first of its subject that is still to be delivered. */
    static final String DUE_OF_SINK =
            "select l.position from release_pipeline_letter l where l.pipeline = :pipeline and l.buried = 0"
                    + " and l.due_at <= :now and not exists (select 1 from release_pipeline_letter e where e.pipeline = l.pipeline"
                    + " and e.sink = l.sink and e.subject = l.subject and e.sequence < l.sequence and e.buried = 0)"
                    + " and l.sink = :sink order by l.position limit :max";

    /** One look into the index for each sink, however many letters wait. */
    static final String SINKS = "with recursive sinks(sink) as (select min(sink) from release_pipeline_letter"
            + " where pipeline = :pipeline and buried = 0 union all select (select min(l.sink) from release_pipeline_letter l"
            + " where l.pipeline = :pipeline and l.buried = 0 and l.sink > sinks.sink) from sinks where sinks.sink is not null)"
            + " select sink from sinks where sink is not null";

    private static final String WITH_RECORD =
            "select l.position, l.buried, l.sink, l.tries, l.error, a.canonical, a.hash"
                    + " from release_pipeline_letter l join release_pipeline_audit a"
                    + " on a.pipeline = l.pipeline and a.subject = l.subject and a.sequence = l.sequence"
                    + " where l.pipeline = :pipeline";

    private static final String ONE =
            " where pipeline = :pipeline and sink = :sink and subject = :subject and sequence = :sequence";

    private static final String WAITING = " and buried = 0";

    private final Database database;
    private final String pipeline;

    Letters(Database database, String pipeline) {
        this.database = database;
        this.pipeline = pipeline;
    }

    static void post(Script script, String pipeline, List<Letter> letters) {
        script.insert(
                "the outbox",
                "release_pipeline_letter",
                letters.stream()
                        .map(letter -> key(pipeline, letter)
                                .and("due_at", Long.MIN_VALUE)
                                .and("tries", letter.tries())
                                .and("buried", 0))
                        .toList());
    }

    /** @throws IllegalStateException if the record that a letter tells of was not appended */
    static boolean requireRecord(Sql sql, String pipeline, Letter letter) {
        return sql.first(
                        "select 1 from release_pipeline_audit"
                                + " where pipeline = :pipeline and subject = :subject and sequence = :sequence",
                        key(pipeline, letter),
                        row -> true)
                .orElseThrow(() -> new IllegalStateException(
                        "The letter " + letter.key() + " tells of a record that was not appended before"));
    }

    @Override
    public Set<String> sinks() {
        return Set.copyOf(database.read(
                sql -> sql.list(SINKS, Row.of("pipeline", pipeline), row -> Escaped.read(row.getString(1)))));
    }

    private boolean isDue(String sink, Instant now) {
        return !database.read(sql -> sql.list(DUE_OF_SINK, due(sink, now, 1), row -> row.getLong(1)))
                .isEmpty();
    }

    private Row due(String sink, Instant now, int max) {
        return Row.of("pipeline", pipeline)
                .and("sink", Escaped.id(sink))
                .and("now", Micros.of(now))
                .and("max", max);
    }

    @Override
    public List<Letter> take(String sink, Instant now, Instant until, int max) {
        if (!isDue(sink, now)) { // a relay asks until there is nothing left, and to find that out needs no lock
            return List.of();
        }
        return database.transact(sql -> {
            List<Long> taken =
                    sql.list(DUE_OF_SINK + sql.dialect().skipLocked(), due(sink, now, max), row -> row.getLong(1));
            if (taken.isEmpty()) {
                return List.of();
            }
            sql.batch(
                    "the outbox",
                    "update release_pipeline_letter set due_at = :until where position = :position",
                    taken.stream()
                            .map(position ->
                                    Row.of("until", Micros.bound(until)).and("position", position))
                            .toList());
            return Lists.parts(taken).stream()
                    .flatMap(part -> sql
                            .list(
                                    WITH_RECORD + " and l.position in (" + Lists.placeholders(part)
                                            + ") order by l.position",
                                    Lists.values(part).and("pipeline", pipeline),
                                    Letters::letter)
                            .stream())
                    .toList();
        });
    }

    @Override
    public void delivered(Letter letter) {
        change("delete from release_pipeline_letter" + ONE + WAITING, letter, new Row());
    }

    @Override
    public void postpone(Letter letter, Instant until, String error) {
        change(
                "update release_pipeline_letter set due_at = :due, tries = tries + 1, error = :error" + ONE + WAITING,
                letter,
                Row.of("due", Micros.bound(until)).and("error", Escaped.text(error)));
    }

    @Override
    public void release(Letter letter, Instant until) {
        change(
                "update release_pipeline_letter set due_at = :due" + ONE + WAITING,
                letter,
                Row.of("due", Micros.bound(until)));
    }

    @Override
    public void bury(Letter letter, String error) {
        Row values = key(pipeline, letter).and("error", Escaped.text(error));
        database.transact(sql -> {
            sql.lock("release_pipeline_letter " + pipeline); // one burial at a time gets the next number
            return sql.update(
                    "the outbox",
                    "update release_pipeline_letter set tries = tries + 1, error = :error, buried = 1 + (select max(b.buried)"
                            + " from release_pipeline_letter b where b.pipeline = :pipeline)" + ONE + WAITING,
                    values);
        });
    }

    @Override
    public Page<BuriedLetter> buried(PageRequest page) {
        PositionPage<BuriedLetter> rows = new PositionPage<>("letter", page);
        return database.read(sql -> rows.read(sql.list(
                WITH_RECORD + " and l.buried > 0" + rows.condition("l.buried") + " order by l.buried desc limit :limit",
                rows.values(pipeline),
                row -> new PositionPage.At<>(
                        row.getLong("buried"), new BuriedLetter(letter(row), Escaped.read(row.getString("error")))))));
    }

    @Override
    public void resend(Letter letter) {
        change(
                "update release_pipeline_letter set buried = 0, tries = 0, due_at = :due, error = null" + ONE
                        + " and buried > 0",
                letter,
                Row.of("due", Long.MIN_VALUE));
    }

    private void change(String statement, Letter letter, Row values) {
        database.transact(
                sql -> sql.update("the outbox", statement, key(pipeline, letter).and(values)));
    }

    private static Letter letter(ResultSet row) throws SQLException {
        return new Letter(Escaped.read(row.getString("sink")), AuditRows.read(row), row.getInt("tries"));
    }

    private static Row key(String pipeline, Letter letter) {
        return Row.of("pipeline", pipeline)
                .and("sink", Escaped.id(letter.sink()))
                .and("subject", Escaped.id(letter.record().subject()))
                .and("sequence", letter.record().sequence());
    }
}
