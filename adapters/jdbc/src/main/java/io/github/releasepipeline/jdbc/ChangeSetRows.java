package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.json.ModelJson;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Change sets, and which of them that are not abandoned holds a pull request. */
final class ChangeSetRows implements SnapshotRows<ChangeSet> {
    @Override
    public Class<ChangeSet> type() {
        return ChangeSet.class;
    }

    @Override
    public String table() {
        return "change_set";
    }

    @Override
    public Row columns(ChangeSet changeSet) {
        return Row.of("created_at", Micros.of(changeSet.createdAt()))
                .and("author", Escaped.key(changeSet.createdBy().id()))
                .and("state", changeSet.state().kind().name())
                .and("document", ModelJson.write(changeSet));
    }

    @Override
    public void related(Script script, String pipeline, String id, Optional<ChangeSet> before, ChangeSet now) {
        Set<Long> members = members(now);
        if (before.map(ChangeSetRows::members).equals(Optional.of(members))) {
            return;
        }
        Row key = Row.of("pipeline", pipeline).and("id", id);
        script.add(
                id,
                "delete from release_pipeline_change_set_member where pipeline = :pipeline and change_set = :id",
                key);
        List<Row> rows = members.stream()
                .map(number -> Row.of("pipeline", pipeline).and("id", id).and("number", number))
                .toList();
        script.add(
                now.id().reference(),
                "insert into release_pipeline_change_set_member (pipeline, pull_request, change_set)"
                        + " values (:pipeline, :number, :id)",
                rows);
    }

    /** The newest that an actor made and that is neither versioned nor abandoned. */
    static Optional<ChangeSetId> openBy(Sql sql, String pipeline, Actor creator) {
        return sql
                .list(
                        "select document from release_pipeline_change_set where pipeline = :pipeline"
                                + " and author = :author and state in ('DRAFT', 'PENDING_REVIEW', 'READY')"
                                + " order by created_at desc, id desc",
                        Row.of("pipeline", pipeline).and("author", Escaped.key(creator.id())),
                        row -> ModelJson.read(ChangeSet.class, row.getString(1)))
                .stream()
                .filter(set -> set.createdBy().equals(creator))
                .map(ChangeSet::id)
                .findFirst();
    }

    /** An abandoned set holds nobody any more. */
    private static Set<Long> members(ChangeSet changeSet) {
        return changeSet.state().kind() == ChangeSetState.Kind.ABANDONED
                ? Set.of()
                : new LinkedHashSet<>(changeSet.pullRequests());
    }
}
