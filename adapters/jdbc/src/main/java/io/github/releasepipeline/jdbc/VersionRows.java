package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.json.ModelJson;
import io.github.releasepipeline.version.Version;
import java.util.Optional;

/**
 * Versions. The document is kept in two parts: what is fixed for ever once the version is published, and what may still
 * change, so that the database itself can refuse a change of the first.
 */
final class VersionRows implements SnapshotRows<Version> {
    @Override
    public Class<Version> type() {
        return Version.class;
    }

    @Override
    public String table() {
        return "version";
    }

    @Override
    public Row columns(Version version) {
        String standing = standing(version);
        String document = ModelJson.write(version);
        if (!document.endsWith(standing)) {
            throw new IllegalStateException("The last parts of a version's document are deliveredBy and state");
        }
        return Row.of("created_at", Micros.of(version.createdAt()))
                .and("author", Escaped.key(version.createdBy().id()))
                .and("state", version.state().kind().name())
                .and("unique_tag", Escaped.key(version.number().uniqueTag()))
                .and("line", Escaped.key(version.number().line()))
                .and("precedence", Escaped.text(version.number().precedence()))
                .and("hotfix", version.hotfix().isPresent() ? 1 : 0)
                .and(
                        "content",
                        document.substring(0, document.length() - standing.length())
                                + absent("previous", version.previous())
                                + absent("hotfix", version.hotfix()))
                .and("standing", standing);
    }

    @Override
    public String document() {
        return "content || standing";
    }

    @Override
    public String document(Row columns) {
        return columns.text("content") + columns.text("standing");
    }

    /** What is absent is said, and nothing is read that is said twice: so no standing can add it by hand. */
    private static String absent(String name, Optional<?> value) {
        return value.isPresent() ? "" : ",\"" + name + "\":null";
    }

    private static String standing(Version version) {
        String deliveredBy = version.deliveredBy()
                .map(release -> ",\"deliveredBy\":" + ModelJson.write(release))
                .orElse("");
        return deliveredBy + ",\"state\":" + ModelJson.write(version.state()) + "}";
    }
}
