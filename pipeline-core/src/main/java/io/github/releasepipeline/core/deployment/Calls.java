package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.subject.Text;
import io.github.releasepipeline.target.StepOutcome;
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

        /**
         * It threw, or gave null: that is no answer, and says nothing of what was done.
         *
         * @param why of bounded length
         */
        record Broken<R>(String why) implements Reply<R> {}

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
            R answer = task.get(wait.toNanos(), TimeUnit.NANOSECONDS);
            return answer == null ? new Reply.Broken<>("null instead of an answer") : new Reply.Answer<>(answer);
        } catch (TimeoutException e) {
            return new Reply.None<>();
        } catch (ExecutionException e) {
            // An error of the machine too: who reads a file of three gigabytes is out of memory each time,
            // and if that ended the worker, it would be taken over for ever. A machine that is out of order
            // shows at the next commit.
            return new Reply.Broken<>(text(Objects.requireNonNull(e.getCause())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedCallException(e);
        }
    }

    /** Why a reply is no answer, one line. */
    static String problem(Reply<?> reply, Duration limit) {
        return reply instanceof Reply.Broken<?> broken ? broken.why() : "no answer within " + LogLines.text(limit);
    }

    /** What was thrown, in words of bounded length. */
    static String text(Throwable problem) {
        String name = problem.getClass().getSimpleName();
        return problem.getMessage() == null
                ? name
                : Text.excerpt(name + ": " + problem.getMessage(), StepOutcome.TEXT_LENGTH);
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
