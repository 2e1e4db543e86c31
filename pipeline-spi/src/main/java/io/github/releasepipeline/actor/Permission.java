package io.github.releasepipeline.actor;

/** What an actor may be allowed to do. Checked in the core before every command, not only in a page. */
public enum Permission {
    /** Merge a pull request or run its checks. */
    MERGE,
    /** Create, edit, propose and abandon change sets. */
    EDIT_CHANGE_SET,
    /** Approve a proposed change set. */
    APPROVE_CHANGE_SET,
    /** Create and publish versions. */
    PUBLISH_VERSION,
    /** Deprecate or block a version. */
    RETIRE_VERSION,
    /** Ask for a release into an environment. */
    REQUEST_RELEASE,
    /** Approve or reject a release. */
    APPROVE_RELEASE,
    /** Give the verdict that a quality gate of a running release waits for. */
    JUDGE_GATE,
    /** Start, retry and cancel an approved release. */
    DEPLOY,
    /** Roll an environment back. */
    ROLLBACK,
    /** Go past an enforced order of environments. */
    BYPASS,
    /** Deploy into an environment while its windows are closed. */
    OVERRIDE_WINDOW,
    /** Deploy into a degraded environment. */
    FORCE_RELEASE,
    /** Place and lift holds, repair a degraded environment, raise its token. */
    OPERATE_ENVIRONMENT,
    /** Have letters tried again that could not be delivered. */
    RESEND_LETTER
}
