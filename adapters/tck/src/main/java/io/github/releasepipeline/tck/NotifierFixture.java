package io.github.releasepipeline.tck;

import io.github.releasepipeline.notify.Notifier;
import java.util.List;

/** A notifier with somebody who receives what it delivers, and what {@link NotifierContract} needs of them. */
public interface NotifierFixture extends AutoCloseable {
    /** How the receiver behaves. */
    enum Mood {
        /** It takes what comes. */
        WELL,
        /** It cannot take anything now: a server that is busy. */
        BUSY,
        /** It cannot take so much at once: a server that counts. */
        THROTTLED,
        /** It does not answer in the time that the notifier gives it. */
        SLOW,
        /** It answers what nobody can understand. */
        GARBAGE,
        /** It reads everything, may or may not take it, and cuts the connection without an answer. */
        CUT,
        /** It never takes anything until a person changes something: an address that is gone, a wrong token. */
        GONE
    }

    /** The port under test, with time limits of a few seconds. The same one at each call. */
    Notifier notifier();

    /** From now on the receiver behaves so. It is {@link Mood#WELL} at first. */
    void receiver(Mood mood);

    /**
     * What the receiver shows, oldest first: each message as a text that holds what a person or program can read. Of a receiver
     * that shows one message for each release, those.
     */
    List<String> received();

    /** What the notifier proves itself with: tokens, passwords, keys. Empty if it needs none. */
    List<String> secrets();

    @Override
    void close();
}
