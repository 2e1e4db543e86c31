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
     * @param below the greatest number below it on its line
     * @param above the smallest number above it on its line
     */
    public static Decision draft(
            VersionEvent.Drafted draft, boolean taken, Optional<VersionNumber> below, Optional<VersionNumber> above) {
        return number(draft.number(), taken, below, above).orElseGet(() -> Decision.accept(draft));
    }

    /**
     * Whether a number can be taken; empty if it can. A number that is not the greatest of its line is on a maintenance line:
     * it continues the patches of its minor version, or else the minor versions of its major version.
     */
    static Optional<Decision> number(
            VersionNumber number, boolean taken, Optional<VersionNumber> below, Optional<VersionNumber> above) {
        if (taken) {
            return refuse("version.taken", "There is already a version " + number.uniqueTag());
        }
        if (above.isEmpty()) {
            return Optional.empty();
        }
        if (below.filter(base -> base.major() == number.major()).isEmpty()) {
            return refuse(
                    "version.order",
                    number.tag() + " is not greater than " + above.get() + ", and there is no version before it that it"
                            + " could maintain");
        }
        boolean samePatches = below.get().minor() == number.minor();
        boolean last = above.get().major() != number.major()
                || (samePatches && above.get().minor() != number.minor());
        return last
                ? Optional.empty()
                : refuse(
                        "version.order",
                        number.tag() + " is not greater than " + above.get()
                                + ", which follows on the same maintenance line");
    }

    private static Optional<Decision> refuse(String rule, String message) {
        return Optional.of(Decision.refuse(rule, message));
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
