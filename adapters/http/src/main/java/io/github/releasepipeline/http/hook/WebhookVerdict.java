package io.github.releasepipeline.http.hook;

import java.util.Set;
import java.util.TreeSet;

/** What a delivery of a web hook means. What it carries is never believed: it says what to read again. */
public sealed interface WebhookVerdict {
    /**
     * Not from the forge, or damaged. Answer 401.
     *
     * @param reason for the log; holds no secret
     */
    record Rejected(String reason) implements WebhookVerdict {}

    /**
     * Genuine, and nothing to do. Answer 200.
     *
     * @param reason for the log
     */
    record Ignored(String reason) implements WebhookVerdict {}

    /**
     * Genuine: something changed. Answer 2xx at once, then read again what it names. Deliveries come in any order, late or
     * never.
     *
     * @param delivery the forge's id of the delivery
     * @param signature of its bytes
     * @param repository as the forge names it
     * @param pullRequests their numbers; empty if the forge does not tell which: then synchronise all
     */
    record Changed(String delivery, String signature, String repository, Set<Long> pullRequests)
            implements WebhookVerdict {
        /** Copies the set. */
        public Changed {
            pullRequests = Set.copyOf(new TreeSet<>(pullRequests));
        }
    }
}
