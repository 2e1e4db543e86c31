package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.util.List;

/**
 * A question about the versions of one line.
 *
 * @param text the statement
 * @param values what it is asked with
 */
record LineQuery(String text, Row values) {
    private static final String ON_LINE = "select id from release_pipeline_version"
            + " where pipeline = :pipeline and line = :line and state <> 'DISCARDED'";

    static LineQuery newest(String pipeline, String line) {
        return new LineQuery(ON_LINE + " order by precedence desc limit 1", on(pipeline, line));
    }

    static LineQuery below(String pipeline, VersionNumber number) {
        return new LineQuery(
                ON_LINE + " and precedence < :precedence order by precedence desc limit 1", at(pipeline, number));
    }

    static LineQuery above(String pipeline, VersionNumber number) {
        return new LineQuery(
                ON_LINE + " and precedence > :precedence order by precedence limit 1", at(pipeline, number));
    }

    static LineQuery hotfixes(String pipeline, String line, int limit) {
        return new LineQuery(
                ON_LINE + " and hotfix = 1 order by created_at desc, id desc limit :limit",
                on(pipeline, line).and("limit", limit));
    }

    List<VersionId> ask(Sql sql) {
        return sql.list(text, values, row -> new VersionId(Escaped.read(row.getString(1))));
    }

    private static Row on(String pipeline, String line) {
        return Row.of("pipeline", pipeline).and("line", Escaped.key(line));
    }

    private static Row at(String pipeline, VersionNumber number) {
        return on(pipeline, number.line()).and("precedence", Escaped.text(number.precedence()));
    }
}
