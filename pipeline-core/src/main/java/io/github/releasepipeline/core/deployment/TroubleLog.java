package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.target.StepLog;

/**
 * Keeps what is odd or wrong, and not that all is well once more.
 *
 * @param log where it is kept
 */
record TroubleLog(StepLog log) implements StepLog {
    @Override
    public void info(String line) {}

    @Override
    public void success(String line) {}

    @Override
    public void warning(String line) {
        log.warning(line);
    }

    @Override
    public void error(String line) {
        log.error(line);
    }
}
