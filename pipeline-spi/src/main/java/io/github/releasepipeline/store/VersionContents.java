package io.github.releasepipeline.store;

import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.VersionId;
import java.util.List;
import java.util.Optional;

/** What is kept of a version beside its snapshot, because it may be large. */
public interface VersionContents {
    /** A manifest that was kept. */
    Optional<Manifest> manifest(Digest digest);

    /** What changed in a version, item by item, as it was kept; empty for an unknown version. */
    List<ChangeAttribution> changes(VersionId version);

    /** The attestation that was kept of a version. */
    Optional<Envelope> attestation(VersionId version);
}
