package io.github.releasepipeline.release;

/** What a person can do with a release, as a page offers it. */
public enum ReleaseAction {
    /** Read or follow its log. */
    VIEW_LOGS("View logs"),
    /** Vote for it. */
    APPROVE("Approve"),
    /** Say no to it. */
    REJECT("Reject"),
    /** Take a vote back. */
    WITHDRAW_VOTE("Withdraw vote"),
    /** Start it. */
    DEPLOY("Deploy"),
    /** Call it off. */
    CANCEL("Cancel"),
    /** Say what came of a step whose outcome is unknown. */
    RESOLVE("Resolve"),
    /** Run it again. */
    RETRY("Retry"),
    /** Go back to an earlier version. */
    ROLLBACK("Rollback");

    private final String label;

    ReleaseAction(String label) {
        this.label = label;
    }

    /** The words on the button. */
    public String label() {
        return label;
    }
}
