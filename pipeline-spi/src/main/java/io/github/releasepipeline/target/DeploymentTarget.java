package io.github.releasepipeline.target;

/**
 * Port: the system that holds the deployed items of one environment.
 *
 * <p>Called by the deployment engine on its own threads, never within a transaction of the store (but see {@link #observe}),
 * one step at a time for one environment; after a crash or a pause of a worker two workers may call at once, and the fencing token tells which
 * of them is current. For every call with a {@link StepCall}:
 *
 * <ul>
 *   <li>a token older than the newest seen answers {@link StepOutcome.Fenced} and does nothing; the check and the effect
 *       are one atomic action;
 *   <li>a repeated attempt key answers as the first time and does nothing more;
 *   <li>a refusal or an error of the version is {@link StepOutcome.Failed} and leaves nothing half done but
 *       what it names as not restored;
 *   <li>an exception, an error or null means that the outcome is unknown: the engine asks {@link #probe} before anything else.
 * </ul>
 */
public interface DeploymentTarget {
    /**
     * What is active now. Called at any time, also for a plan, on the thread of whoever asks and without a limit of time: answer
     * within seconds, or throw. Where a host lends the store its transaction, that is open meanwhile.
     */
    Observation observe();

    /**
     * Checks the environment: before a deployment ({@code PRE_DEPLOYMENT_CHECKS}) whether it can take one, after the items
     * were staged ({@code POST_DEPLOYMENT_CHECKS}) whether they are sound, after a rollback ({@code VERIFY}) whether it is
     * healthy. Changes nothing.
     */
    StepOutcome check(StepCall call);

    /** Snapshots what is active. Answers {@link StepOutcome.BackedUp}. */
    StepOutcome backUp(StepCall call);

    /** Brings the items in, complete and not active. */
    StepOutcome stage(StepCall call, Artifacts artifacts);

    /** Makes what was staged or restored active, at once for all items. */
    StepOutcome activate(StepCall call);

    /** Stops routing to the active version; the items stay. */
    StepOutcome deactivate(StepCall call);

    /**
     * Brings earlier items back, complete and not active; what was staged meanwhile is dropped. Also called after a
     * cancelled deployment, to drop what was staged.
     */
    StepOutcome restore(StepCall call, RestoreSource source);

    /** What is known of an earlier call with this key. Changes nothing but the newest token seen. */
    Probe probe(String attemptKey, long fencingToken);
}
