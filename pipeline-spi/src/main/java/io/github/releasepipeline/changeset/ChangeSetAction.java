package io.github.releasepipeline.changeset;

/** What a person can do with a change set, as a page offers it. */
public enum ChangeSetAction {
    /** Change its words or members; it is a draft then. */
    EDIT("Edit"),
    /** Say that it is complete. */
    PROPOSE("Propose"),
    /** Review it with success. */
    APPROVE("Approve"),
    /** Give it back to its author. */
    SEND_BACK("Send back"),
    /** Give it up. */
    ABANDON("Abandon"),
    /** Make a version of it. */
    CREATE_VERSION("Create version");

    private final String label;

    ChangeSetAction(String label) {
        this.label = label;
    }

    /** The words on the button. */
    public String label() {
        return label;
    }
}
