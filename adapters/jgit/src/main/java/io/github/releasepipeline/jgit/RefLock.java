package io.github.releasepipeline.jgit;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jgit.lib.RefUpdate;

/**
 * Waiting for Git's ref locks. JGit gives up at once when another process holds the lock of a ref, though it holds it only
 * as long as a disk needs to write.
 */
final class RefLock {
    private static final int ATTEMPTS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 50;

    private RefLock() {}

    /** An update of a ref, made anew for each attempt. */
    @FunctionalInterface
    interface Update {
        RefUpdate.Result run() throws IOException;
    }

    /** Whether an update that failed on a lock may get it now, as opposed to having lost to another value. */
    @FunctionalInterface
    interface Undecided {
        boolean test() throws IOException;
    }

    /** Repeats an update while it fails on a lock and nothing was decided; at most for about a second. */
    static RefUpdate.Result waiting(Update update, Undecided undecided) throws IOException {
        RefUpdate.Result result = update.run();
        for (int attempt = 1;
                attempt < ATTEMPTS && result == RefUpdate.Result.LOCK_FAILURE && undecided.test();
                attempt++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(5L * attempt, LONGEST_PAUSE_MILLIS)));
            result = update.run();
        }
        return result;
    }
}
