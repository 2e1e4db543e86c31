package io.github.releasepipeline.tck;

import io.github.releasepipeline.target.StepLog;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a target or gate tells. Thread-safe. */
public final class RecordingStepLog implements StepLog {
    private final List<String> lines = new ArrayList<>();

    /** An empty log. */
    public RecordingStepLog() {}

    /** What was told so far, each line after its level: {@code error: disk full}. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void info(String line) {
        add("info", line);
    }

    @Override
    public void success(String line) {
        add("success", line);
    }

    @Override
    public void warning(String line) {
        add("warning", line);
    }

    @Override
    public void error(String line) {
        add("error", line);
    }

    private synchronized void add(String level, String line) {
        lines.add(level + ": " + line);
    }
}
