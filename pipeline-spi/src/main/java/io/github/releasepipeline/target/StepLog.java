package io.github.releasepipeline.target;

/** Where a target or gate writes what it does; each line is stored and shown live. Thread-safe. */
public interface StepLog {
    /** Something began or is under way. */
    void info(String line);

    /** Something is done. */
    void success(String line);

    /** Something is odd. */
    void warning(String line);

    /** Something failed. */
    void error(String line);
}
