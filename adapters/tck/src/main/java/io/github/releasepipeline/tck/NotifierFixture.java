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
        /** It never takes anything until a person changes something: an address that is gone, a wrong token. */
        GONE
    }

    /** The port under test. The same one at each call. */
    Notifier notifier();

    /** From now on the receiver behaves so. It is {@link Mood#WELL} at first. */
    void receiver(Mood mood);

    /** What the receiver has taken, oldest first: each message as a text that holds what a person or program can read. */
    List<String> received();

    @Override
    void close();
}
