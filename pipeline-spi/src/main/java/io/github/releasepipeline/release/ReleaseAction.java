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
    /** Let it past closed windows. */
    OVERRIDE_WINDOW("Override window"),
    /** Let it into a degraded environment. */
    FORCE("Force"),
    /** Call it off. */
    CANCEL("Cancel"),
    /** Say what came of a step whose outcome is unknown. */
    RESOLVE("Resolve"),
    /** Give the verdict that a quality gate waits for. */
    JUDGE("Judge"),
    /** Run it again. */
    RETRY("Retry"),
    /** Go back to an earlier version. */
    ROLLBACK("Rollback");

    /** Whether somebody has to say why. */
    public enum Reason {
        /** Nobody is asked. */
        NONE,
        /** They may. */
        OPTIONAL,
        /** They have to. */
        MANDATORY
    }

    private final String label;

    ReleaseAction(String label) {
        this.label = label;
    }

    /** The words on the button. */
    public String label() {
        return label;
    }

    /** Whether a reason is needed. */
    public Reason reason() {
        return switch (this) {
            case REJECT, FORCE, CANCEL, OVERRIDE_WINDOW, RESOLVE, JUDGE, ROLLBACK -> Reason.MANDATORY;
            case APPROVE -> Reason.OPTIONAL;
            case VIEW_LOGS, WITHDRAW_VOTE, DEPLOY, RETRY -> Reason.NONE;
        };
    }
}
