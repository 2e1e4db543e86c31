package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.store.FigureTables;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineTables;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.Set;

/** The four tables, by keyset pages over indexes. */
final class JdbcTables implements PipelineTables {
    private final Database database;
    private final String pipeline;
    private final Parsed parsed;

    JdbcTables(Database database, String pipeline, Parsed parsed) {
        this.database = database;
        this.pipeline = pipeline;
        this.parsed = parsed;
    }

    @Override
    public Page<PullRequest> pullRequests(PipelineFilter filter, PageRequest page) {
        return read(pullRequests(pipeline, filter, page), PullRequest.class);
    }

    @Override
    public Page<ChangeSet> changeSets(PipelineFilter filter, PageRequest page) {
        return read(changeSets(pipeline, filter, page), ChangeSet.class);
    }

    @Override
    public Page<Version> versions(PipelineFilter filter, PageRequest page) {
        return read(versions(pipeline, filter, page), Version.class);
    }

    @Override
    public Page<Release> releases(PipelineFilter filter, PageRequest page) {
        return read(releases(pipeline, filter, page), Release.class);
    }

    @Override
    public List<PullRequest> pullRequests(Set<PullRequestId> ids) {
        List<String> keys = ids.stream().map(id -> Escaped.id(id.value())).toList();
        return database.read(sql -> Lists.parts(keys).stream()
                .flatMap(part -> pullRequests(sql, part).stream())
                .toList());
    }

    private List<PullRequest> pullRequests(Sql sql, List<String> keys) {
        return sql.list(
                "select document, id from release_pipeline_pull_request where pipeline = :pipeline and id in ("
                        + Lists.placeholders(keys) + ")",
                Lists.values(keys).and("pipeline", pipeline),
                row -> parsed.read(PullRequest.class, "member " + row.getString(2), row.getString(1)));
    }

    @Override
    public FigureTables figures() {
        return new JdbcFigures(database, pipeline);
    }

    @Override
    public List<Automation> automationsUnderWay() {
        return database.read(sql -> AutomationRows.underWay(sql, pipeline));
    }

    private <S> Page<S> read(TableQuery query, Class<S> type) {
        return query.page(database.read(query::rows), (row, document) -> parsed.read(type, row, document));
    }

    static TableQuery pullRequests(String pipeline, PipelineFilter filter, PageRequest page) {
        return new TableQuery("pull_request", "place", "document", pipeline, page)
                .where("items > 0")
                .isAnyOf("status", filter.pullRequests())
                .within("created_at", filter.created())
                .is("author", filter.author().map(Escaped::key))
                .has("label", "pull_request_label", filter.label().map(Escaped::key))
                .has("path", "pull_request_item", filter.item().map(Escaped::key));
    }

    static TableQuery changeSets(String pipeline, PipelineFilter filter, PageRequest page) {
        return new TableQuery("change_set", "id", "document", pipeline, page)
                .isAnyOf("state", filter.changeSets())
                .within("created_at", filter.created())
                .is("author", filter.author().map(Escaped::key));
    }

    static TableQuery versions(String pipeline, PipelineFilter filter, PageRequest page) {
        TableQuery query = new TableQuery("version", "id", "content || standing", pipeline, page)
                .isAnyOf("state", filter.versions())
                .within("created_at", filter.created())
                .is("author", filter.author().map(Escaped::key));
        return filter.versions().contains(VersionState.Kind.DISCARDED) ? query : query.where("state <> 'DISCARDED'");
    }

    static TableQuery releases(String pipeline, PipelineFilter filter, PageRequest page) {
        return new TableQuery("release", "id", "document", pipeline, page)
                .is("environment", filter.environment().map(EnvironmentName::value))
                .isAnyOf("state", filter.releases())
                .within("created_at", filter.created())
                .within("finished_at", filter.finished())
                .is("author", filter.author().map(Escaped::key));
    }
}
