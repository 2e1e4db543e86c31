package io.github.releasepipeline.examples.crashtest;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.Releases;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.PipelineException;
import io.github.releasepipeline.examples.crashtest.Acknowledgement.Command;
import io.github.releasepipeline.jdbc.JdbcEnvironment;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.StepOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Somebody who looks after what waits for a person: what others left half ordered, and what nobody knows the outcome of. */
final class Caretaker {
    private static final Actor DORA = Actor.user("dora");
    private static final int ATTEMPTS = 3;
    private static final int NEWEST = 20;

    /** Tells that a command returned. */
    @FunctionalInterface
    interface Teller {
        void tell(Command command, Release release, Actor actor);
    }

    private final Pipeline pipeline;
    private final PipelineStore store;
    private final DataSource database;
    private final Teller teller;

    Caretaker(Pipeline pipeline, PipelineStore store, DataSource database, Teller teller) {
        this.pipeline = pipeline;
        this.store = store;
        this.database = database;
        this.teller = teller;
    }

    void look() {
        look(PipelineFilter.all().releases(Kind.PENDING_APPROVAL, Kind.READY, Kind.PAUSED), PageRequest.MAX_SIZE);
        look(PipelineFilter.all().releases(Kind.FAILED), NEWEST);
        Setup.ENVIRONMENTS.forEach(this::mend);
    }

    /** What a release could not take back is taken back by hand, when nothing else runs there. */
    private void mend(EnvironmentName name) {
        Environment environment = pipeline.as(DORA).environments().get(name.value());
        if (environment.degradation().isEmpty() || environment.running().isPresent()) {
            return;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement back = connection.prepareStatement(
                        "update release_pipeline_target set canary_part = 0 where environment = ?")) {
            back.setString(1, name.value());
            back.execute();
        } catch (SQLException e) {
            throw AdapterException.passing("The target cannot be mended now: " + e.getMessage(), e);
        }
        pipeline.as(DORA).environments().repaired(name.value(), "looked at it");
    }

    private void look(PipelineFilter which, int atMost) {
        for (Release release :
                store.tables().releases(which, PageRequest.first(atMost)).rows()) {
            try {
                look(release);
            } catch (PipelineException e) {
                System.err.println("caretaker: " + e.getMessage());
            }
        }
    }

    private void look(Release release) {
        Releases releases = pipeline.as(DORA).releases();
        switch (release.state().kind()) {
            case PENDING_APPROVAL ->
                teller.tell(Command.APPROVED, releases.approve(release.id(), "somebody forgot it"), DORA);
            case READY -> {
                releases.deploy(release.id());
                teller.tell(Command.DEPLOYED, release, DORA);
            }
            case PAUSED -> {
                releases.resolve(release.id(), whatHappened(release), "asked the target");
                teller.tell(Command.RESOLVED, release, DORA);
            }
            case FAILED -> retry(release, releases);
            default -> {}
        }
    }

    /** What failed because something was away is tried again, a few times. */
    private void retry(Release release, Releases releases) {
        boolean infrastructure =
                release.state() instanceof ReleaseState.Failed failed && failed.failure() == FailureKind.ERRORED;
        if (infrastructure && release.attempts().size() < ATTEMPTS) {
            releases.retry(release.id());
            teller.tell(Command.RETRIED, release, DORA);
        }
    }

    private Resolution whatHappened(Release release) {
        Attempt attempt = release.lastAttempt().orElseThrow();
        StepRun step = attempt.steps().get(attempt.steps().size() - 1);
        Probe probe =
                JdbcEnvironment.on(database, release.environment()).probe(step.attemptKey(), attempt.fencingToken());
        if (probe instanceof Probe.Ended ended) {
            return ended.outcome() instanceof StepOutcome.Failed ? Resolution.GIVE_UP : Resolution.HAPPENED;
        }
        return probe instanceof Probe.NotDone ? Resolution.REPEAT : Resolution.GIVE_UP;
    }
}
