package io.github.releasepipeline.notify;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;

/**
 * Port: tells people or systems of events.
 *
 * <p>Deliveries of one notifier come one after the other, on a thread that serves no other notifier and outside any transaction;
 * those about one subject in the order of their events. With several processes on one store, each delivers other letters, at
 * the same time. A letter may come more than once: {@link Letter#key()} is the same then. A delivery that does not end keeps
 * this notifier's thread for ever, so everything that waits has a time limit, a minute at most.
 */
public interface Notifier {
    /** Its name, unique within a pipeline, stable over restarts: undelivered letters are kept under it. */
    String name();

    /**
     * Whether it wants to hear of this event. Called within the transaction that records it, possibly several times and by
     * several threads at once: quick, no input or output, and the same answer each time. If it breaks off it gets the event.
     */
    boolean wants(Notice notice);

    /**
     * Delivers.
     *
     * <p>The letter says what happened then. Letters come late, and after others have overtaken them on the way, so who shows a
     * <em>state</em> reads it here: whichever letter arrives last, what is shown last is what is so.
     *
     * @param letter what happened
     * @param now reads what is committed now
     * @throws AdapterException retryable to be tried again, at {@link AdapterException#retryAt()} if the receiver said when; lasting
     *     to be buried. Its message is kept and shown, so it holds no secret
     */
    void deliver(Letter letter, Snapshots now);
}
