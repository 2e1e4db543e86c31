package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.AllRows;
import io.github.releasepipeline.core.release.ApprovalRules;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import io.github.releasepipeline.work.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts right what a crash left behind; each part on its own, so that one problem does not hide another. */
final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private static final int MOST_DROPS = 20;
    private static final int LINES_A_DROP = 1000;

    private final Wiring wiring;
    private final List<String> problems = new ArrayList<>();

    Maintenance(Wiring wiring) {
        this.wiring = wiring;
    }

    /** What somebody who asks for it wants to see done when the call returns. */
    List<String> run() {
        environments(wiring.work()::ensure, wiring.launcher()::advance);
        return tend();
    }

    /** Looks into the store only; what waits for a slot is started in the background. */
    List<String> look(Consumer<Run> running) {
        return environments(running, wiring.launcher()::nudge);
    }

    /** Everything that may have to ask others. */
    List<String> tend() {
        AllRows.<Version>forEach(
                page -> wiring.store().tables().versions(drafts(), page),
                version -> attempt(
                        "version " + version.number(),
                        () -> wiring.publisher().complete(version.id(), Actor.system())));
        AllRows.<Release>forEach(
                page -> wiring.store().tables().releases(waiting(), page),
                release -> attempt("release " + release.id(), () -> expireOrStart(release)));
        attempt("audit trail", this::sealIfDue);
        wiring.logsKept().ifPresent(age -> attempt("logs", () -> dropLogs(age)));
        attempt("automatic rules", () -> problems.addAll(new Automations(wiring).driveAll()));
        return List.copyOf(problems);
    }

    private List<String> environments(Consumer<Run> running, Consumer<EnvironmentName> free) {
        wiring.environments()
                .all()
                .forEach(environment -> attempt(
                        "environment " + environment.name(),
                        () -> wiring.launcher().look(environment, running, free)));
        return List.copyOf(problems);
    }

    /** The rest is dropped next time. */
    private void dropLogs(Duration age) {
        Instant before = wiring.engine().now().minus(age);
        for (int i = 0; i < MOST_DROPS && wiring.store().logs().drop(before, LINES_A_DROP) == LINES_A_DROP; i++) {
            LOG.atDebug().log("Log lines dropped");
        }
    }

    private void sealIfDue() {
        Instant now = wiring.engine().now();
        boolean sealedLately = wiring.store()
                .audit()
                .newestCheckpoint()
                .filter(checkpoint -> checkpoint.at().plus(wiring.sealed()).isAfter(now))
                .isPresent();
        if (!sealedLately) {
            wiring.engine().seal();
        }
    }

    /** @param seen the release as its page had it; most have time left, and need no transaction */
    private void expireOrStart(Release seen) {
        boolean expired = ApprovalRules.expired(seen, wiring.engine().now()).isPresent();
        new Starts(wiring).byItself(expired ? expire(seen.id()) : seen);
    }

    private Release expire(ReleaseId id) {
        return wiring.engine()
                .execute(
                        Actor.system(),
                        Optional.empty(),
                        unit -> unit.decide(
                                ReleaseMachine.MACHINE, id, release -> ApprovalRules.expire(release, unit.now())));
    }

    private void attempt(String what, Runnable repair) {
        try {
            repair.run();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("subject", what).setCause(e).log("Could not be put right");
            problems.add(what + ": " + e.getMessage());
        }
    }

    private static PipelineFilter drafts() {
        return PipelineFilter.all().versions(VersionState.Kind.DRAFT);
    }

    private static PipelineFilter waiting() {
        return PipelineFilter.all().releases(ReleaseState.Kind.PENDING_APPROVAL, ReleaseState.Kind.READY);
    }
}
