package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.json.ModelJson;
import io.github.releasepipeline.release.Release;

/** Releases. */
final class ReleaseRows implements SnapshotRows<Release> {
    @Override
    public Class<Release> type() {
        return Release.class;
    }

    @Override
    public String table() {
        return "release";
    }

    @Override
    public Row columns(Release release) {
        return Row.of("created_at", Micros.of(release.requestedAt()))
                .and("finished_at", release.state().finishedAt().map(Micros::of).orElse(null))
                .and("author", Escaped.key(release.requestedBy().id()))
                .and("environment", release.environment().value())
                .and("state", release.state().kind().name())
                .and("document", ModelJson.write(release));
    }
}
