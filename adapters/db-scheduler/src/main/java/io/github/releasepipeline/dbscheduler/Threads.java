package io.github.releasepipeline.dbscheduler;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Daemon threads that say whose they are. */
final class Threads {
    private Threads() {}

    /** Drive releases. Never interrupted: a call that breaks off could be taken for one that failed. */
    static ExecutorService drivers(int number) {
        ThreadFactory factory = named("release-pipeline-node");
        return new ThreadPoolExecutor(number, number, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory) {
            @Override
            public List<Runnable> shutdownNow() {
                shutdown();
                return List.of();
            }
        };
    }

    /** Begin short work at times; what is to come is dropped at the end. */
    static ScheduledThreadPoolExecutor timers(String name, int number) {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(number, named(name));
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }

    static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
