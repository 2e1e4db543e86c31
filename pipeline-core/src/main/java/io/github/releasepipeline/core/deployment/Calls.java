package io.github.releasepipeline.core.deployment;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Makes foreign calls on threads of their own, and waits for them only so long. A call that takes longer is left alone: a
 * thread that is interrupted in the middle of somebody else's work may leave anything behind. Threads without work end by themselves.
 */
final class Calls {
    /** A century: longer than anybody waits, and short enough to count in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Executor threads;

    /** On daemon threads, as many as there are calls. */
    Calls() {
        this(Executors.newCachedThreadPool(Calls::thread));
    }

    /** @param threads where calls are made; one that uses the caller's thread knows no time limit */
    Calls(Executor threads) {
        this.threads = threads;
    }

    /** What came of a call. */
    sealed interface Reply<R> {
        /** It answered. */
        record Answer<R>(R value) implements Reply<R> {}

        /** It threw. */
        record Broken<R>(Throwable problem) implements Reply<R> {}

        /** It has not answered in time, and may still be at work. */
        record None<R>() implements Reply<R> {}
    }

    /**
     * Makes a call.
     *
     * @throws InterruptedCallException if the waiting thread is interrupted: nobody knows what came of the call then
     */
    <R> Reply<R> make(Duration limit, Supplier<R> work) {
        FutureTask<R> task = new FutureTask<>(work::get);
        threads.execute(task);
        Duration wait = limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
        try {
            return new Reply.Answer<>(task.get(wait.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return new Reply.None<>();
        } catch (ExecutionException e) {
            return new Reply.Broken<>(broken(Objects.requireNonNull(e.getCause())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedCallException(e);
        }
    }

    /** An error of the machine is not the call's: it ends the worker, as it would have without a thread between. */
    private static Throwable broken(Throwable problem) {
        if (problem instanceof VirtualMachineError error && !(problem instanceof StackOverflowError)) {
            throw error;
        }
        return problem;
    }

    /** Why a reply is no answer, one line. */
    static String problem(Reply<?> reply, Duration limit) {
        return reply instanceof Reply.Broken<?> broken
                ? text(broken.problem())
                : "no answer within " + LogLines.text(limit);
    }

    private static String text(Throwable problem) {
        String name = problem.getClass().getSimpleName();
        return problem.getMessage() == null ? name : name + ": " + problem.getMessage();
    }

    /** The worker's thread was interrupted while it waited. */
    static final class InterruptedCallException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private InterruptedCallException(InterruptedException cause) {
            super("Interrupted while waiting for a call", cause);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "release-pipeline-call");
        thread.setDaemon(true);
        return thread;
    }
}
