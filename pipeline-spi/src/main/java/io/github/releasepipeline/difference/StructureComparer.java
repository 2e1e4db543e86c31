package io.github.releasepipeline.difference;

import java.io.InputStream;
import java.util.Optional;

/**
 * Port: the values in the states of an item, compared by what they say and not by how they are written.
 *
 * <p>Called on the caller's thread, never within a transaction of the store, by several threads at once. Items come from
 * a repository and may be anything: what is too large, too deep, malformed or of another format is answered with
 * {@link StructuralDifference.NotCompared}, never with an exception, and memory stays bounded whatever the size. An
 * exception of {@link State#open()} passes through.
 *
 * <p>White space and the order of an object's members make no difference. Elements of a list that carry a name of their
 * own ({@code id}, {@code key} or {@code name}, each at most once) are paired by it, others by what they are: a new
 * element in the middle is one addition and changes none of its neighbours. Elements in another order are a change of
 * their list.
 */
public interface StructureComparer {
    /** One state of an item. */
    interface State {
        /** Its path, for messages. */
        String path();

        /** Its size. */
        long bytes();

        /** Its bytes from the beginning; the caller closes the stream. */
        InputStream open();
    }

    /**
     * Compares two states of an item.
     *
     * @param before the older state; empty for an item that is new
     * @param after the newer state; empty for an item that is gone
     */
    StructuralDifference compare(Optional<State> before, Optional<State> after);
}
