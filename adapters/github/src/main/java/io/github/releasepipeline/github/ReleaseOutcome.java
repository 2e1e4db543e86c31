package io.github.releasepipeline.github;

import java.net.URI;
import java.util.Optional;

/** What came of an order to publish a release. */
public sealed interface ReleaseOutcome {
    /**
     * It is there as ordered, now or since before.
     *
     * @param id GitHub's id
     * @param immutable whether GitHub keeps anybody from moving its tag and changing its assets
     * @param link where it is shown
     */
    record Published(long id, boolean immutable, Optional<URI> link) implements ReleaseOutcome {}

    /**
     * GitHub or its rules do not take it.
     *
     * @param reason its words
     */
    record NotAllowed(String reason) implements ReleaseOutcome {}
}
