package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.StepLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step's log: every line is stored at once, so that it can be followed. While the store cannot be reached, lines wait
 * here and are stored with the next one, or with what is recorded of the step: a target never fails because of its log.
 */
final class RecordedLog implements StepLog {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedLog.class);

    private final Engine engine;
    private final ReleaseId release;
    private final int attempt;
    private final Step step;
    private final List<LogEntry> waiting = new ArrayList<>();
    private boolean ended;

    RecordedLog(Engine engine, ReleaseId release, int attempt, Step step) {
        this.engine = engine;
        this.release = release;
        this.attempt = attempt;
        this.step = step;
    }

    @Override
    public void info(String line) {
        write(LogEntry.Level.INFO, line);
    }

    @Override
    public void success(String line) {
        write(LogEntry.Level.SUCCESS, line);
    }

    @Override
    public void warning(String line) {
        write(LogEntry.Level.WARNING, line);
    }

    @Override
    public void error(String line) {
        write(LogEntry.Level.ERROR, line);
    }

    /** Lines that are not stored yet; they are the caller's to store now. */
    synchronized List<LogEntry> takeWaiting() {
        List<LogEntry> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    /** Whatever a call still says of which nobody waits for the answer any more is not part of the step's log. */
    synchronized void end() {
        ended = true;
    }

    private synchronized void write(LogEntry.Level level, String line) {
        if (ended) {
            LOG.atDebug()
                    .addKeyValue("release", release)
                    .addKeyValue("step", step)
                    .log("Too late: {}", line);
            return;
        }
        for (String part : line.split("\\R", -1)) {
            waiting.add(new LogEntry(release, engine.now(), attempt, Optional.of(step), level, part));
        }
        try {
            engine.run(Actor.system(), Optional.empty(), unit -> waiting.forEach(unit::log));
            waiting.clear();
        } catch (AdapterException | ConcurrentUpdateException e) {
            LOG.atWarn()
                    .addKeyValue("release", release)
                    .addKeyValue("step", step)
                    .setCause(e)
                    .log("Log lines wait");
        }
    }
}
