package io.github.releasepipeline.examples.adapter;

import io.github.releasepipeline.error.AdapterException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.function.UnaryOperator;

/** The state on disk: replaced as a whole, by one process and one thread at a time. */
final class StateFile {
    private static final Object IN_THIS_PROCESS = new Object();

    private final Path root;

    StateFile(Path root) {
        this.root = root;
    }

    State read() {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(root.resolve("state"))) {
            properties.load(in);
        } catch (NoSuchFileException e) {
            return new State(properties); // nothing was ever written
        } catch (IOException e) {
            throw unusable(e);
        }
        return new State(properties);
    }

    /** Everything that {@code change} does counts once the file is replaced; if anything throws, nothing of it does. */
    State change(UnaryOperator<State> change) {
        synchronized (IN_THIS_PROCESS) {
            try (FileChannel lock = openLock()) {
                lock.lock();
                State after = change.apply(read());
                replace(after);
                return after;
            } catch (IOException e) {
                throw unusable(e);
            }
        }
    }

    private FileChannel openLock() throws IOException {
        Files.createDirectories(root);
        return FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private void replace(State state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        state.properties().store(bytes, null);
        Path next = root.resolve("state.next");
        try (FileChannel out = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes.toByteArray());
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
        Files.move(next, root.resolve("state"), StandardCopyOption.ATOMIC_MOVE);
    }

    private AdapterException unusable(IOException e) {
        return AdapterException.passing("The folder " + root + " cannot be used; check its disk and permissions", e);
    }
}
