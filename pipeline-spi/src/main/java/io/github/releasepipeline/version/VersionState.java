package io.github.releasepipeline.version;

import io.github.releasepipeline.actor.Actor;
import java.time.Instant;
import java.util.Optional;

/** How far a version is, with what is true there. */
public sealed interface VersionState {
    /** Names of the states, for columns, filters and tags. */
    enum Kind {
        /** Its number is taken; the tag is being made. */
        DRAFT,
        /** Tagged, immutable, available for deployment. */
        PUBLISHED,
        /** No new deployments; rollback only with an explicit flag. */
        DEPRECATED,
        /** Neither deployments nor rollback. */
        BLOCKED,
        /** Never published; its number and change sets are free again. */
        DISCARDED
    }

    /** The name of this state. */
    Kind kind();

    /** Being published. */
    record Draft() implements VersionState {
        @Override
        public Kind kind() {
            return Kind.DRAFT;
        }
    }

    /**
     * Available.
     *
     * @param at when it was published
     */
    record Published(Instant at) implements VersionState {
        @Override
        public Kind kind() {
            return Kind.PUBLISHED;
        }
    }

    /**
     * Not to be deployed any more.
     *
     * @param publishedAt when it was published
     * @param by who deprecated it
     * @param reason why
     * @param at when
     */
    @SuppressWarnings("JavaLangClash") // always named with its family
    record Deprecated(Instant publishedAt, Actor by, String reason, Instant at) implements VersionState {
        @Override
        public Kind kind() {
            return Kind.DEPRECATED;
        }
    }

    /**
     * Dangerous.
     *
     * @param publishedAt when it was published
     * @param by who blocked it
     * @param reason why
     * @param at when
     */
    record Blocked(Instant publishedAt, Actor by, String reason, Instant at) implements VersionState {
        @Override
        public Kind kind() {
            return Kind.BLOCKED;
        }
    }

    /**
     * Given up before publishing.
     *
     * @param reason why
     * @param at when
     */
    record Discarded(String reason, Instant at) implements VersionState {
        @Override
        public Kind kind() {
            return Kind.DISCARDED;
        }
    }

    /** When the version was published; empty if it never was. */
    default Optional<Instant> published() {
        if (this instanceof Published published) {
            return Optional.of(published.at());
        }
        if (this instanceof Deprecated deprecated) {
            return Optional.of(deprecated.publishedAt());
        }
        return this instanceof Blocked blocked ? Optional.of(blocked.publishedAt()) : Optional.empty();
    }
}
