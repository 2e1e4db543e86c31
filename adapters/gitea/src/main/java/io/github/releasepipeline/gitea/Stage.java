package io.github.releasepipeline.gitea;

/** A list that following reads from its newest change to its oldest. */
enum Stage {
    /** The first time: what is open. */
    OPEN_FIRST("open"),
    /** The first time: what was merged or closed. */
    ENDED_FIRST("closed"),
    /** What has changed since the last round. */
    CHANGED("all"),
    /** What is open, again: statuses and rules of branches change without a pull request being changed. */
    OPEN_AGAIN("open");

    private final String state;

    Stage(String state) {
        this.state = state;
    }

    /** The server's word for what is in the list. */
    String state() {
        return state;
    }
}
