package io.github.releasepipeline.jgit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * Says, beside a work tree, that it is being brought from one commit to another, so that a merge that is cut off in
 * between can be completed or undone. Only one merge at a time holds it; the operating system lets go of it when its process
 * dies, so what stands in a journal that can be held was cut off.
 */
final class MergeJournal implements AutoCloseable {
    private static final String NAME = "release-pipeline-merge";
    private static final int ATTEMPTS = 80;
    private static final long PAUSE_MILLIS = 25;

    private final FileChannel channel;

    private MergeJournal(FileChannel channel) {
        this.channel = channel;
    }

    /** A move of the work tree that has begun. */
    record Move(ObjectId from, ObjectId to) {}

    /** Waits a few seconds for whoever holds it; empty if they still do. */
    static Optional<MergeJournal> hold(Repository repository) throws IOException {
        Path file = repository.getDirectory().toPath().resolve(NAME);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (isLocked(channel)) {
                return Optional.of(new MergeJournal(channel));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    /** What was begun and neither completed nor undone. */
    Optional<Move> unfinished() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(200);
        channel.read(bytes, 0);
        String[] words = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).split(" ", 4);
        return words.length == 3 && words[2].equals("end")
                ? Optional.of(new Move(ObjectId.fromString(words[0]), ObjectId.fromString(words[1])))
                : Optional.empty(); // also one that was cut off while it was written: nothing was moved then
    }

    void begin(Move move) throws IOException {
        byte[] text = (move.from().name() + " " + move.to().name() + " end").getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text), 0);
        channel.force(true);
    }

    void end() throws IOException {
        channel.truncate(0);
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
