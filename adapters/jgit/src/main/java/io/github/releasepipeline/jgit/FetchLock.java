package io.github.releasepipeline.jgit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one fetch at a time into a clone, over all threads and processes: two that bring the same pack would take its files
 * from each other. Given back when the process dies.
 */
final class FetchLock implements AutoCloseable {
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final FileChannel processes;

    private FetchLock(ReentrantLock threads, FileChannel processes) {
        this.threads = threads;
        this.processes = processes;
    }

    /** Waits for its turn, until the thread is interrupted. To be closed by the same thread. */
    static FetchLock take(Path gitFolder) throws IOException {
        Path file = gitFolder.toRealPath().resolve("release-pipeline-fetch.lock");
        ReentrantLock threads = THREADS.computeIfAbsent(file, key -> new ReentrantLock());
        try {
            threads.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another fetch into the clone ran");
        }
        boolean taken = false;
        try {
            FileChannel processes = locked(file);
            taken = true;
            return new FetchLock(threads, processes);
        } finally {
            if (!taken) {
                threads.unlock();
            }
        }
    }

    private static FileChannel locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            processes.close();
        } finally {
            threads.unlock();
        }
    }
}
