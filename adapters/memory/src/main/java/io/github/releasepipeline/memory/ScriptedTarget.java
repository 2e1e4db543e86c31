package io.github.releasepipeline.memory;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.CanaryTarget;
import io.github.releasepipeline.target.Observation;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.RestoreSource;
import io.github.releasepipeline.target.ResumableTarget;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A target that holds its items in memory, keeps the whole contract, and goes wrong on order. Thread-safe.
 *
 * <p>Orders are given per step and each is carried out once, by the next call of that step. Hooks run on the caller's
 * thread and outside the target's lock, so a hook may block while another worker calls.
 */
public final class ScriptedTarget implements ResumableTarget, CanaryTarget {
    private final Script script = new Script();
    private final Map<String, StepOutcome> journal = new HashMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private final Map<String, Contents> backups = new HashMap<>();
    private Contents active = Contents.EMPTY;
    private Optional<Contents> staged = Optional.empty();
    private boolean routing = true;
    private int canaryPercent;
    private long newestToken;

    /**
     * A call that was accepted and did its work; repeated, refused and failed calls leave none.
     *
     * @param step which step
     * @param attemptKey its key
     * @param fencingToken its token
     */
    public record Effect(Step step, String attemptKey, long fencingToken) {}

    /** The next call of a step is refused or does not work. */
    public void failNext(Step step, FailureKind failure, String message) {
        failNext(step, new StepOutcome.Failed(failure, message, List.of()));
    }

    /** The next call of a step answers this, and does nothing. */
    public void failNext(Step step, StepOutcome.Failed outcome) {
        script.fail(step, outcome);
    }

    /** The next call of a step throws before anything is done. */
    public void throwBefore(Step step, RuntimeException error) {
        before(step, () -> {
            throw error;
        });
    }

    /** The next call of a step does its work, and its answer is lost: it throws. */
    public void throwAfter(Step step, RuntimeException error) {
        after(step, () -> {
            throw error;
        });
    }

    /** The next call of a step never arrives. */
    public void loseCall(Step step) {
        throwBefore(step, AdapterException.passing("The connection was refused", null));
    }

    /** The next call of a step is done, and its answer is lost. */
    public void loseReply(Step step) {
        throwAfter(step, AdapterException.passing("The connection broke before the answer came", null));
    }

    /** Runs before the next call of a step is looked at; may block or throw. */
    public void before(Step step, Runnable hook) {
        script.before(step, hook);
    }

    /** Runs after the next call of a step is done and before it answers; may block or throw. */
    public void after(Step step, Runnable hook) {
        script.after(step, hook);
    }

    /** The next probe cannot tell. */
    public void loseProbe(String why) {
        script.loseProbe(why);
    }

    /** Changes an active item past the pipeline, as a person on the machine would. */
    public synchronized void drift(ItemId item, byte[] bytes) {
        active = active.with(item, bytes);
    }

    /** Deletes an active item past the pipeline. */
    public synchronized void drift(ItemId item) {
        active = active.without(item);
    }

    /** Takes the traffic away from what is staged, past the pipeline, as a person at the router would. */
    public synchronized void takeTrafficBack() {
        canaryPercent = 0;
    }

    /** What was done, in order. */
    public synchronized List<Effect> effects() {
        return List.copyOf(effects);
    }

    /** The bytes of an active item. */
    public synchronized Optional<byte[]> read(ItemId item) {
        return active.of(item);
    }

    /** Whether the active items are in use: not between a deactivation and the next activation. */
    public synchronized boolean isRouting() {
        return routing;
    }

    /** Whether items wait to be activated. */
    public synchronized boolean isStaged() {
        return staged.isPresent();
    }

    /** Which part of the traffic what is staged gets, in percent; 0 if none. */
    public synchronized int canaryPercent() {
        return canaryPercent;
    }

    @Override
    public synchronized Observation observe() {
        return new Observation(active.manifest());
    }

    @Override
    public synchronized boolean isStaged(Digest manifest) {
        return staged.filter(contents -> contents.manifest().digest().equals(manifest))
                .isPresent();
    }

    @Override
    public StepOutcome check(StepCall call) {
        return run(call, () -> new StepOutcome.Done("healthy"));
    }

    @Override
    public StepOutcome backUp(StepCall call) {
        return run(call, () -> {
            String reference = "backup-" + (backups.size() + 1);
            backups.put(reference, active);
            return new StepOutcome.BackedUp(
                    new Backup(reference, active.manifest().digest()));
        });
    }

    @Override
    public StepOutcome stage(StepCall call, Artifacts artifacts) {
        return run(call, () -> bringIn(artifacts));
    }

    @Override
    public StepOutcome canary(StepCall call, int percent) {
        return run(call, () -> {
            if (staged.filter(contents -> contents.manifest().digest().equals(call.manifest()))
                    .isEmpty()) {
                return failed(FailureKind.ERRORED, staged.isPresent() ? "Other items are staged" : "Nothing is staged");
            }
            canaryPercent = percent;
            return new StepOutcome.Done(percent + " % of the traffic goes to " + call.version());
        });
    }

    @Override
    public StepOutcome activate(StepCall call) {
        return run(call, () -> {
            Contents next = staged.orElse(active);
            if (!next.manifest().digest().equals(call.manifest())) {
                return failed(FailureKind.ERRORED, staged.isPresent() ? "Other items are staged" : "Nothing is staged");
            }
            active = next;
            staged = Optional.empty();
            canaryPercent = 0;
            routing = true;
            return done(next, "active");
        });
    }

    @Override
    public StepOutcome deactivate(StepCall call) {
        return run(call, () -> {
            routing = false;
            canaryPercent = 0;
            return new StepOutcome.Done("deactivated");
        });
    }

    @Override
    public StepOutcome restore(StepCall call, RestoreSource source) {
        return run(call, () -> {
            if (source instanceof RestoreSource.FromArtifacts from) {
                return bringIn(from.artifacts());
            }
            String reference = ((RestoreSource.FromBackup) source).backup().reference();
            Contents backup = backups.get(reference);
            if (backup == null) {
                return failed(FailureKind.ERRORED, "There is no backup '" + reference + "'");
            }
            staged = Optional.of(backup);
            canaryPercent = 0;
            return done(backup, "restored");
        });
    }

    @Override
    public synchronized Probe probe(String attemptKey, long fencingToken) {
        newestToken = Math.max(newestToken, fencingToken);
        Optional<String> lost = script.lostProbe();
        if (lost.isPresent()) {
            return new Probe.Unknown(lost.get());
        }
        StepOutcome outcome = journal.get(attemptKey);
        return outcome == null ? new Probe.NotDone() : new Probe.Ended(outcome);
    }

    private StepOutcome run(StepCall call, Supplier<StepOutcome> work) {
        script.runBefore(call.step());
        StepOutcome outcome = once(call, work);
        tell(call, outcome);
        script.runAfter(call.step());
        return outcome;
    }

    private synchronized StepOutcome once(StepCall call, Supplier<StepOutcome> work) {
        if (call.fencingToken() < newestToken) {
            return new StepOutcome.Fenced(newestToken);
        }
        newestToken = call.fencingToken();
        StepOutcome known = journal.get(call.attemptKey());
        if (known != null) {
            return known;
        }
        Optional<StepOutcome.Failed> ordered = script.failure(call.step());
        StepOutcome outcome = ordered.isPresent() ? ordered.get() : work.get();
        journal.put(call.attemptKey(), outcome);
        if (!(outcome instanceof StepOutcome.Failed)) {
            effects.add(new Effect(call.step(), call.attemptKey(), call.fencingToken()));
        }
        return outcome;
    }

    private StepOutcome bringIn(Artifacts artifacts) {
        try {
            Contents contents = Contents.read(artifacts, active);
            staged = Optional.of(contents);
            canaryPercent = 0;
            return done(contents, "staged");
        } catch (Contents.DamagedException e) {
            return failed(
                    FailureKind.FAILED,
                    "The bytes of " + e.item().id() + " do not have the digest "
                            + e.item().digest());
        }
    }

    private static StepOutcome done(Contents contents, String what) {
        return new StepOutcome.Done(contents.manifest().counts() + " " + what);
    }

    private static StepOutcome failed(FailureKind failure, String message) {
        return new StepOutcome.Failed(failure, message, List.of());
    }

    private static void tell(StepCall call, StepOutcome outcome) {
        if (outcome instanceof StepOutcome.Done done) {
            call.log().success(done.summary());
        } else if (outcome instanceof StepOutcome.BackedUp made) {
            call.log().success("Backed up as " + made.backup().reference());
        } else if (outcome instanceof StepOutcome.Failed failed) {
            call.log().error(failed.message());
        } else if (outcome instanceof StepOutcome.Fenced fenced) {
            call.log().warning("Refused: the newest fencing token is " + fenced.newestToken());
        }
    }
}
