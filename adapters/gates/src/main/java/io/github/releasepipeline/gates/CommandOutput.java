package io.github.releasepipeline.gates;

import io.github.releasepipeline.subject.Text;
import io.github.releasepipeline.target.StepLog;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a command says: its first lines go into the log, all of it is read, so that the command is never held up. */
final class CommandOutput {
    private static final int LINES = 1000;
    private static final int LINE_LENGTH = 500;
    /** A line is kept so far in bytes; a character has four at most. */
    private static final int LINE_BYTES = 4 * LINE_LENGTH;

    private static final int LAST_LENGTH = 200;

    private final StepLog log;
    private final Secrets secrets;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long heard;
    private int lines;
    private String last = "";
    private boolean ended;

    CommandOutput(StepLog log, Secrets secrets) {
        this.log = log;
        this.secrets = secrets;
    }

    /** Reads to the end, or until the command is killed. */
    void read(InputStream said) {
        try (InputStream in = new BufferedInputStream(said)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (!add(next)) {
                    return;
                }
            }
        } catch (IOException e) {
            note("What the command said could not be read any more: " + e.getMessage());
        }
    }

    /** How much was read so far. */
    synchronized long heard() {
        return heard;
    }

    private synchronized boolean add(int next) {
        heard++;
        if (next == '\n') {
            take();
        } else if (line.size() < LINE_BYTES) {
            line.write(next);
        }
        return !ended;
    }

    private synchronized void note(String text) {
        if (!ended) {
            log.warning(text);
        }
    }

    /** The command has ended: what still comes is not heard. */
    synchronized void end() {
        take();
        if (lines > LINES) {
            log.warning((lines - LINES) + " more lines of the command are left out");
        }
        ended = true;
    }

    /** The last line that is not blank, short. */
    synchronized Optional<String> lastLine() {
        return last.isEmpty() ? Optional.empty() : Optional.of(Text.readableLine(last, LAST_LENGTH));
    }

    private void take() {
        String text = line.toString(StandardCharsets.UTF_8);
        boolean whole = line.size() < LINE_BYTES;
        line.reset();
        String shown = Text.readableLine(whole ? secrets.masked(text) : secrets.maskedBeginning(text), LINE_LENGTH);
        if (shown.isBlank() || ended) {
            return;
        }
        last = shown;
        lines++;
        if (lines <= LINES) {
            log.info(shown);
        }
    }
}
