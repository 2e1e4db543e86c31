package io.github.releasepipeline.core.deployment;

import java.time.Instant;

/** How it goes on with a release after a move. */
sealed interface Progress {
    /** With the next move, at once. */
    record GoOn() implements Progress {}

    /** Not here: the release ended, waits for a person, or belongs to another worker. */
    record Rest() implements Progress {}

    /** With the next move, under the same token, at a time of the pipeline's clock; no thread waits for it. */
    record Until(Instant at) implements Progress {}

    /** With the next move, at once, under a newer token: the worker raised it, and is outdated itself. */
    record Raised(long token) implements Progress {}

    /** With the next move, at once, if there is one. */
    static Progress goOnIf(boolean more) {
        return more ? new GoOn() : new Rest();
    }
}
