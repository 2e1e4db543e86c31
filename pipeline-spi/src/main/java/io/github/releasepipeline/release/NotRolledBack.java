package io.github.releasepipeline.release;

/** What a rollback leaves as it is: it brings back items, and nothing else. */
public enum NotRolledBack {
    /** Changes to the schema of a database. */
    SCHEMA_MIGRATIONS("database schema migrations (must be handled separately)"),
    /** What was running when the version was taken away. */
    RUNNING_EXECUTIONS("in-flight workflow executions (will complete with the version they began with)"),
    /** What ran before. */
    HISTORY("historical execution data (preserved)");

    private final String text;

    NotRolledBack(String text) {
        this.text = text;
    }

    /** What it is, and what becomes of it. */
    public String text() {
        return text;
    }
}
