package io.github.releasepipeline.examples.adapter;

import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.Observation;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.RestoreSource;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An environment whose items are files below a folder of this machine. Several processes may use the same folder. */
public final class FolderTarget implements DeploymentTarget {
    private final ItemFolders folders;
    private final StateFile file;

    /** @param root is made if it is not there; belongs to this target alone */
    public FolderTarget(Path root) {
        folders = new ItemFolders(root.resolve("versions"));
        file = new StateFile(root);
    }

    /** The folder to run from; empty before the first activation, and from a deactivation to the next activation. */
    public Optional<Path> inUse() {
        State state = file.read();
        return state.active()
                .filter(folder -> state.routing() && folders.exists(folder))
                .map(folders::path);
    }

    @Override
    public Observation observe() {
        return new Observation(manifest(file.read().active()));
    }

    @Override
    public StepOutcome check(StepCall call) {
        return once(call, state -> state.answer(call, new StepOutcome.Done("the folder can be written")));
    }

    @Override
    public StepOutcome backUp(StepCall call) {
        return once(call, state -> {
            Backup backup = new Backup(
                    state.active().orElse("nothing"), manifest(state.active()).digest());
            return state.answer(call, new StepOutcome.BackedUp(backup));
        });
    }

    @Override
    public StepOutcome stage(StepCall call, Artifacts artifacts) {
        return once(call, state -> bringIn(state, call, artifacts));
    }

    @Override
    public StepOutcome activate(StepCall call) {
        return once(call, state -> {
            Optional<String> next = state.staged().or(state::active);
            if (!manifest(next).digest().equals(call.manifest())) {
                return state.answer(call, failed(FailureKind.ERRORED, call.version() + " is not what was staged"));
            }
            return state.activated(next).answer(call, new StepOutcome.Done(call.version() + " is active"));
        });
    }

    @Override
    public StepOutcome deactivate(StepCall call) {
        return once(call, state -> state.withoutRouting().answer(call, new StepOutcome.Done("deactivated")));
    }

    @Override
    public StepOutcome restore(StepCall call, RestoreSource source) {
        return once(call, state -> {
            if (source instanceof RestoreSource.FromArtifacts from) {
                return bringIn(state, call, from.artifacts());
            }
            String folder = ((RestoreSource.FromBackup) source).backup().reference();
            return folder.equals("nothing") || folders.exists(folder)
                    ? state.staged(folder).answer(call, new StepOutcome.Done("restored"))
                    : state.answer(call, failed(FailureKind.ERRORED, "There is no backup '" + folder + "'"));
        });
    }

    @Override
    public Probe probe(String attemptKey, long fencingToken) {
        Optional<StepOutcome> outcome =
                file.change(state -> state.seen(fencingToken)).outcome(attemptKey);
        return outcome.<Probe>map(Probe.Ended::new).orElseGet(Probe.NotDone::new);
    }

    /** The token check, the effect and the outcome are one change of the state file. */
    private StepOutcome once(StepCall call, Function<State, State> work) {
        State after = file.change(state -> call.fencingToken() < state.newestToken()
                        || state.outcome(call.attemptKey()).isPresent()
                ? state.seen(call.fencingToken())
                : work.apply(state.seen(call.fencingToken())));
        return call.fencingToken() < after.newestToken()
                ? new StepOutcome.Fenced(after.newestToken())
                : after.outcome(call.attemptKey()).orElseThrow();
    }

    private State bringIn(State state, StepCall call, Artifacts artifacts) {
        String folder = "v" + (state.changes() + 1);
        Optional<String> damaged = folders.write(folder, artifacts, call.log());
        return damaged.isPresent()
                ? state.answer(call, failed(FailureKind.FAILED, damaged.get() + " does not have its digest"))
                : state.staged(folder)
                        .answer(call, new StepOutcome.Done(artifacts.manifest().counts() + " staged"));
    }

    private Manifest manifest(Optional<String> folder) {
        return folder.map(folders::manifest).orElse(Manifest.empty());
    }

    private static StepOutcome failed(FailureKind failure, String message) {
        return new StepOutcome.Failed(failure, message, List.of());
    }
}
