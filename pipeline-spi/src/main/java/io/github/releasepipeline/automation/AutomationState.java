package io.github.releasepipeline.automation;

import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ReleaseId;
import java.time.Instant;
import java.util.Optional;

/** How far a rule is with a merge, with what is true there. */
public sealed interface AutomationState {
    /** Names of the states. */
    enum Kind {
        /** The version is to be published. */
        VERSIONING,
        /** The version goes from environment to environment. */
        DEPLOYING,
        /** Everything that the rule asks for is done. */
        DONE,
        /** The rest is left to people. */
        STOPPED;

        /** Whether something is still to be done. */
        public boolean isUnderWay() {
            return this == VERSIONING || this == DEPLOYING;
        }
    }

    /** The name of this state. */
    Kind kind();

    /**
     * The version is to be published.
     *
     * @param obstacle what keeps it from being published
     */
    record Versioning(Optional<String> obstacle) implements AutomationState {
        @Override
        public Kind kind() {
            return Kind.VERSIONING;
        }
    }

    /**
     * The version goes into an environment.
     *
     * @param environment where to
     * @param release the release that was asked for; absent before
     * @param obstacle what keeps it from being asked for
     */
    record Deploying(EnvironmentName environment, Optional<ReleaseId> release, Optional<String> obstacle)
            implements AutomationState {
        @Override
        public Kind kind() {
            return Kind.DEPLOYING;
        }
    }

    /**
     * Everything is done.
     *
     * @param at when
     */
    record Done(Instant at) implements AutomationState {
        @Override
        public Kind kind() {
            return Kind.DONE;
        }
    }

    /**
     * The rest is left to people.
     *
     * @param reason why
     * @param at when
     */
    record Stopped(String reason, Instant at) implements AutomationState {
        @Override
        public Kind kind() {
            return Kind.STOPPED;
        }
    }
}
