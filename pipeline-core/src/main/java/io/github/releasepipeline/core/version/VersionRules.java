package io.github.releasepipeline.core.version;

import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionNumber;
import io.github.releasepipeline.version.VersionState;
import java.util.Optional;

/** Whether a version may be made and what may be done with it. */
public final class VersionRules {
    private VersionRules() {}

    /**
     * Takes a number.
     *
     * @param taken whether another version, not discarded, has its unique tag
     * @param latest the number of the newest version on the line
     */
    public static Decision draft(VersionEvent.Drafted draft, boolean taken, Optional<VersionNumber> latest) {
        String tag = draft.number().tag();
        if (taken) {
            return Decision.refuse(
                    "version.taken",
                    "There is already a version " + draft.number().uniqueTag());
        }
        if (latest.isPresent() && Numbers.ORDER.compare(draft.number(), latest.get()) <= 0) {
            return Decision.refuse(
                    "version.order", tag + " is not greater than " + latest.get() + ", the latest version of its line");
        }
        return Decision.accept(draft);
    }

    /**
     * The tag is there.
     *
     * @param attestation digest of the signed statement
     */
    public static Decision publish(Version version, Optional<Digest> attestation) {
        return switch (version.state().kind()) {
            case DRAFT -> Decision.accept(new VersionEvent.Published(attestation));
            case PUBLISHED -> Decision.accept();
            case DEPRECATED, BLOCKED, DISCARDED -> state(version, "published");
        };
    }

    /** Never to be published. */
    public static Decision discard(Version version) {
        return version.state().kind() == VersionState.Kind.DRAFT
                ? Decision.accept(new VersionEvent.Discarded())
                : state(version, "discarded");
    }

    /** No new deployments. */
    public static Decision deprecate(Version version) {
        return version.state().kind() == VersionState.Kind.PUBLISHED
                ? Decision.accept(new VersionEvent.Deprecated())
                : state(version, "deprecated");
    }

    /** Neither deployments nor rollback. */
    public static Decision block(Version version) {
        VersionState.Kind kind = version.state().kind();
        return kind == VersionState.Kind.PUBLISHED || kind == VersionState.Kind.DEPRECATED
                ? Decision.accept(new VersionEvent.Blocked())
                : state(version, "blocked");
    }

    private static Decision state(Version version, String done) {
        return Decision.refuse(
                "version.state",
                "Version " + version.number() + " is " + version.state().kind() + " and cannot be " + done);
    }
}
