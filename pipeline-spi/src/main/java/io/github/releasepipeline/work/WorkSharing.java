package io.github.releasepipeline.work;

/**
 * Port: brings each running release to a thread that drives it, in this process or another one, and to a new one when the first
 * is gone. Thread-safe.
 *
 * <p>It may be wrong about who is gone, and hand a release to two: their tokens sort that out. It never runs the same
 * {@link Run} twice at once, and never a {@link Run} again that broke off: a release whose runner broke off, died or was
 * silent for too long is taken over first ({@link Runner#takeOver}).
 *
 * <p>From {@link #begin} on it calls {@link Runner#look} and {@link Runner#tend} at once and then again and again, unless
 * somebody else does.
 */
public interface WorkSharing extends AutoCloseable {
    /** Begins to work. Called once, before everything else. Does not wait for a database. */
    void begin(Runner runner);

    /**
     * Has a release driven from now on: it was just started, or something changed while it waited for a time. Called after
     * the commit that ordered it, on the thread that made it: quick, and throws nothing, since the command has succeeded
     * already. If it cannot be kept now it is tried again; if this process dies before, {@link Runner#look} finds the
     * release. A release that is being driven is driven again, once that is over.
     */
    void submit(Run run);

    /**
     * Whether what is submitted here is driven in this process and nowhere else, as long as the token of the order is the newest.
     * How this process stored the release last is then how it stands under that token, but for what people wish meanwhile, and
     * need not be read again to begin with.
     */
    default boolean isAlone() {
        return false;
    }

    /**
     * Tells of an order whose commit may have been made or not, as nobody heard, or may be made later, by a host that may not
     * say so. Once the store has the release running, it has to be driven as if it had been submitted; it may be submitted
     * still. Quick, and throws nothing. Nothing needs to be done where each {@link Runner#look} finds all that nobody drives.
     */
    default void doubt(Run run) {}

    /**
     * Sees to it that a release which is running according to the store is driven by somebody. If nobody does, nor is about
     * to, it is taken over, if need be after some time.
     *
     * @throws RuntimeException if the store or the place where work is kept cannot be used now
     */
    void ensure(Run run);

    /**
     * Stops to begin anything, lets runs come to the end of their step, for half a minute at most, and leaves them to others.
     * The runner has been told already to end runs. Idempotent.
     */
    @Override
    void close();
}
