package io.github.releasepipeline.store;

import io.github.releasepipeline.audit.ChainHead;

/**
 * A snapshot as a store keeps it.
 *
 * @param snapshot the thing itself
 * @param revision how often it was saved; the first save is 1
 * @param head the end of its audit chain
 */
public record Stored<S>(S snapshot, long revision, ChainHead head) {
    /** What a thing is before it is first saved. */
    public static <S> Stored<S> unsaved(S snapshot) {
        return new Stored<>(snapshot, 0, ChainHead.empty());
    }

    /** The next state of the same thing. */
    public Stored<S> next(S changed, ChainHead newHead) {
        return new Stored<>(changed, revision + 1, newHead);
    }
}
