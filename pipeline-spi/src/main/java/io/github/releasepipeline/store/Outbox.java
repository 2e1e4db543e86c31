package io.github.releasepipeline.store;

import io.github.releasepipeline.notify.Letter;
import java.time.Instant;
import java.util.List;

/** Letters that wait to be delivered. Several relays may work on it at once. */
public interface Outbox {
    /**
     * Takes letters that are due, oldest first, for a time during which no other relay gets them. A letter is not handed
     * out while an earlier one of the same sink and subject is undelivered and not buried.
     *
     * @param now the relay's clock
     * @param until when the letters may be taken again if nothing is said of them
     * @param max at most so many
     */
    List<Letter> take(Instant now, Instant until, int max);

    /** A letter arrived; it is forgotten. */
    void delivered(Letter letter);

    /**
     * A letter did not arrive; it is tried again.
     *
     * @param error what was said, without secrets
     */
    void postpone(Letter letter, Instant until, String error);

    /** A letter will not be tried again; it is kept for people, and no longer holds up later ones. */
    void bury(Letter letter, String error);

    /** Buried letters, newest first. */
    Page<Letter> buried(PageRequest page);

    /** Digs a buried letter up: it is due at once, its tries count anew. */
    void resend(Letter letter);
}
