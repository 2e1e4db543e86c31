package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.json.ModelJson;
import io.github.releasepipeline.version.VersionId;
import java.util.Optional;

/** Attestations of versions. */
final class Attestations {
    private Attestations() {}

    static void keep(Sql sql, String pipeline, VersionId version, Envelope attestation) {
        sql.update(
                version.reference(),
                "insert into release_pipeline_attestation (pipeline, version, payload_type, payload, signatures)"
                        + " values (:pipeline, :version, :type, :payload, :signatures)",
                key(pipeline, version)
                        .and("type", Escaped.text(attestation.payloadType()))
                        .and("payload", Packed.pack(attestation.payload()))
                        .and("signatures", ModelJson.write(attestation.signatures())));
    }

    static Optional<Envelope> find(Sql sql, String pipeline, VersionId version) {
        return sql.first(
                "select payload_type, payload, signatures from release_pipeline_attestation"
                        + " where pipeline = :pipeline and version = :version",
                key(pipeline, version),
                row -> new Envelope(
                        Escaped.read(row.getString(1)),
                        Packed.unpack("The attestation of " + version.reference(), row.getBytes(2)),
                        ModelJson.readList(Envelope.Signature.class, row.getString(3))));
    }

    private static Row key(String pipeline, VersionId version) {
        return Row.of("pipeline", pipeline).and("version", Escaped.id(version.value()));
    }
}
