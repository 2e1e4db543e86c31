package io.github.releasepipeline.webhook;

/** What a receiver knows of a message. */
public enum Verdict {
    /** It comes from somebody who has the secret, unchanged, now, and for the first time. */
    GENUINE,
    /** A header is missing or cannot be read. */
    MALFORMED,
    /** It was sent too long ago, or by a clock that is far ahead. */
    OUT_OF_TIME,
    /** No signature is by a secret that is known here: forged or changed on the way. */
    FORGED,
    /** The very same message was verified here before: somebody sends what they recorded. */
    REPLAYED
}
