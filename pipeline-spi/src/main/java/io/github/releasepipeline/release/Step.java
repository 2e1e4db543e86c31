package io.github.releasepipeline.release;

import java.util.List;

/** The steps of a deployment, and the steps of a rollback, each in its order. */
public enum Step {
    /** Verify connectivity and compatibility of the environment. */
    PRE_DEPLOYMENT_CHECKS("pre-deployment checks"),
    /** Run the quality gates. */
    QUALITY_GATES("quality gates"),
    /** Snapshot the environment's current state. */
    BACKUP("backup"),
    /** Bring the items to the target, not active yet. */
    DEPLOY_ARTIFACTS("deploy artifacts"),
    /** Smoke tests and health checks. */
    POST_DEPLOYMENT_CHECKS("post-deployment checks"),
    /** If the environment demands it: give a part of the traffic to the new version. */
    CANARY("canary"),
    /** If the environment demands it: judge how the new version does there. */
    CANARY_ANALYSIS("canary analysis"),
    /** Make the new version active. */
    ACTIVATE("activate"),
    /** Tell everybody. */
    NOTIFY("notify"),
    /** Rollback: stop routing to the current version. */
    DEACTIVATE("deactivate current version"),
    /** Rollback: bring the previous items back. */
    RESTORE("restore previous artifacts"),
    /** Rollback: route to the previous version. */
    ACTIVATE_PREVIOUS("activate previous version"),
    /** Rollback: smoke tests. */
    VERIFY("verify"),
    /** Rollback: alert the team. */
    ALERT("alert");

    private static final List<Step> DEPLOYMENT = List.of(
            PRE_DEPLOYMENT_CHECKS, QUALITY_GATES, BACKUP, DEPLOY_ARTIFACTS, POST_DEPLOYMENT_CHECKS, ACTIVATE, NOTIFY);
    private static final List<Step> GRADUAL_DEPLOYMENT = List.of(
            PRE_DEPLOYMENT_CHECKS,
            QUALITY_GATES,
            BACKUP,
            DEPLOY_ARTIFACTS,
            POST_DEPLOYMENT_CHECKS,
            CANARY,
            CANARY_ANALYSIS,
            ACTIVATE,
            NOTIFY);
    private static final List<Step> ROLLBACK = List.of(DEACTIVATE, RESTORE, ACTIVATE_PREVIOUS, VERIFY, ALERT);

    private final String label;

    Step(String label) {
        this.label = label;
    }

    /** The step's name for people. */
    public String label() {
        return label;
    }

    /** Whether it changes nothing in the environment, so that it may be broken off and run again at any time. */
    public boolean onlyReads() {
        return switch (this) {
            case PRE_DEPLOYMENT_CHECKS, QUALITY_GATES, POST_DEPLOYMENT_CHECKS, CANARY_ANALYSIS, NOTIFY, VERIFY, ALERT ->
                true;
            case BACKUP, DEPLOY_ARTIFACTS, CANARY, ACTIVATE, DEACTIVATE, RESTORE, ACTIVATE_PREVIOUS -> false;
        };
    }

    /** Whether gates judge in it, possibly for a long time, instead of one call to the target. */
    public boolean asksGates() {
        return this == QUALITY_GATES || this == CANARY_ANALYSIS;
    }

    /** The steps of a release of this kind, in order; without those of a canary. {@link Release#steps} knows of both. */
    public static List<Step> of(ReleaseKind kind) {
        return kind == ReleaseKind.DEPLOY ? DEPLOYMENT : ROLLBACK;
    }

    /** The steps of a deployment with a canary, in order. */
    static List<Step> gradually() {
        return GRADUAL_DEPLOYMENT;
    }
}
