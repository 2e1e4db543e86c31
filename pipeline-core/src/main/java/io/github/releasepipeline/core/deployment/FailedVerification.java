package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ReleaseId;

/** Takes the news that a version did not prove itself after its activation. */
public interface FailedVerification {
    /**
     * Deals with it, unless somebody else has. What goes wrong is tried again with the next check.
     *
     * @param release the release that activated the version
     * @param failure whether a check said no, or none could say anything
     * @param why what was said
     */
    void failed(ReleaseId release, FailureKind failure, String why);
}
