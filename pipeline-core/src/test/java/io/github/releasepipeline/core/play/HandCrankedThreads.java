package io.github.releasepipeline.core.play;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Keeps work until it is told to do a piece, so that a game decides who goes next and can be played again. */
public class HandCrankedThreads extends AbstractExecutorService {
    /** The process is gone in the middle of a call. */
    static final class PowerCut extends VirtualMachineError {
        private static final long serialVersionUID = 1L;

        PowerCut() {
            super("power cut");
        }

        /** There are many, and nobody looks at where. */
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean shut;

    /** Does the piece of work that has waited longest; false if there is none. A power cut comes out of it. */
    public boolean crank() {
        Runnable work = waiting.poll();
        if (work == null) {
            return false;
        }
        work.run();
        return true;
    }

    @Override
    public void execute(Runnable work) {
        waiting.add(work);
    }

    @Override
    public void shutdown() {
        shut = true;
        waiting.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shut;
    }

    @Override
    public boolean isTerminated() {
        return shut;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shut;
    }
}
