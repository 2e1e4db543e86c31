package io.github.releasepipeline.store;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Letters that wait to be delivered. A letter is due when its time has come and no earlier one of the same sink and subject is
 * undelivered and not buried. Several relays may work on it at once.
 */
public interface Outbox {
    /**
     * The sinks that letters wait for, due or not; buried ones do not wait. Asked after every commit and every few seconds:
     * its cost must not grow with the number of letters.
     */
    Set<String> sinks();

    /**
     * Takes letters of one sink that are due, oldest first, for a time during which no other relay gets them.
     *
     * @param sink whose
     * @param now the relay's clock
     * @param until when the letters may be taken again if nothing is said of them
     * @param max at most so many
     */
    List<Letter> take(String sink, Instant now, Instant until, int max);

    /** A letter arrived; it is forgotten. */
    void delivered(Letter letter);

    /**
     * A letter did not arrive; it is tried again.
     *
     * @param error what was said, without secrets
     */
    void postpone(Letter letter, Instant until, String error);

    /** A letter that was taken was not tried; it is due again then, and its tries stay. */
    void release(Letter letter, Instant until);

    /** A letter will not be tried again; it is kept for people, and no longer holds up later ones. */
    void bury(Letter letter, String error);

    /** Buried letters, newest first. */
    Page<BuriedLetter> buried(PageRequest page);

    /** Digs a buried letter up: it is due at once, its tries count anew. */
    void resend(Letter letter);
}
