package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.json.ModelJson;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.VersionId;
import java.util.ArrayList;
import java.util.List;

/** What changed in versions, item by item. */
final class VersionChanges {
    private VersionChanges() {}

    static void keep(Sql sql, String pipeline, VersionId version, List<ChangeAttribution> changes) {
        List<Row> rows = new ArrayList<>();
        for (List<ChangeAttribution> part : Lists.parts(changes)) {
            rows.add(
                    key(pipeline, version).and("part", rows.size()).and("changes", Packed.pack(ModelJson.write(part))));
        }
        sql.batch(
                version.reference(),
                "insert into release_pipeline_version_change (pipeline, version, part, changes)"
                        + " values (:pipeline, :version, :part, :changes)",
                rows);
    }

    static List<ChangeAttribution> find(Sql sql, String pipeline, VersionId version) {
        List<ChangeAttribution> changes = new ArrayList<>();
        sql.each(
                "select changes from release_pipeline_version_change where pipeline = :pipeline and version = :version"
                        + " order by part",
                key(pipeline, version),
                row -> changes.addAll(ModelJson.readList(
                        ChangeAttribution.class,
                        Packed.unpack("What changed in " + version.reference(), row.getBytes(1)))));
        return List.copyOf(changes);
    }

    private static Row key(String pipeline, VersionId version) {
        return Row.of("pipeline", pipeline).and("version", Escaped.id(version.value()));
    }
}
