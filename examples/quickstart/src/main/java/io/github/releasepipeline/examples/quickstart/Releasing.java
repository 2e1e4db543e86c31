package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.Deployment;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.release.Approval;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Takes releases from wherever they stand to their end: alice deploys, bob and carol approve. */
final class Releasing {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK_AFTER = Duration.ofSeconds(10);

    private final Pipeline pipeline;
    private final ActingPipeline deployer;
    private final SoFar soFar;
    private final Journal journal;

    Releasing(Pipeline pipeline, SoFar soFar, Journal journal) {
        this.pipeline = pipeline;
        this.deployer = pipeline.as(Actor.user("alice"));
        this.soFar = soFar;
        this.journal = journal;
    }

    /** Brings a version into an environment. It may have been rolled back there since. */
    void bring(Version version, String environment, Narrator narrator) {
        require(
                finish(requested(version, environment), narrator),
                release -> release.succeeded() || release.state().kind() == ReleaseState.Kind.ROLLED_BACK);
    }

    /** Tries to bring a version into an environment that refuses it. */
    void bringInVain(Version version, String environment, Narrator narrator) {
        require(
                finish(requested(version, environment), narrator),
                release -> release.state().kind() == ReleaseState.Kind.FAILED);
    }

    /** Takes a rollback to its end. */
    void rollBack(Release rollback, Narrator narrator) {
        require(finish(rollback, narrator), Release::succeeded);
    }

    private Release requested(Version version, String environment) {
        return soFar.deployment(version, environment)
                .orElseGet(() -> journal.acknowledged(
                        "release.request", deployer.releases().request(version.id(), environment)));
    }

    private Release finish(Release begun, Narrator narrator) {
        narrator.say("");
        Release release = isInfrastructure(begun.state())
                ? journal.acknowledged(
                        "release.retry", deployer.releases().retry(begun.id()).release())
                : begun;
        while (release.state().kind().isUnderWay()) {
            release = switch (release.state().kind()) {
                case PENDING_APPROVAL -> approve(release, narrator);
                case READY ->
                    journal.acknowledged(
                            "release.deploy",
                            deployer.releases().deploy(release.id()).release());
                default -> follow(release, narrator);
            };
        }
        if (isInfrastructure(release.state())) {
            throw new UserMistake("Release " + release.id() + " of " + release.number() + " to " + release.environment()
                    + " failed: " + release.state() + "; the next run with the same --data tries again");
        }
        return release;
    }

    private static boolean isInfrastructure(ReleaseState state) {
        return state instanceof ReleaseState.Failed failed && failed.failure() == FailureKind.ERRORED;
    }

    private Release approve(Release release, Narrator narrator) {
        List<String> voted =
                release.approvals().stream().map(Approval::by).map(Actor::id).toList();
        String approver = List.of("bob", "carol").stream()
                .filter(person -> !voted.contains(person))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(release.id() + " wants more approvals than there are people"));
        Release approved = journal.acknowledged(
                "release.approve", pipeline.as(Actor.user(approver)).releases().approve(release.id(), "looks good"));
        narrator.say("✓ " + approver + " approved " + release.number() + " for " + release.environment());
        return approved;
    }

    private Release follow(Release release, Narrator narrator) {
        Deployment deployment = deployer.releases().follow(release.id()).onLog(narrator::log);
        long begin = System.nanoTime();
        Release ended = deployment.await(LOOK_AFTER);
        while (isRunning(ended) && System.nanoTime() - begin < PATIENCE.toNanos()) {
            // Its worker may have broken off, for example because the disk is full. One that works is left alone.
            List<String> problems = pipeline.maintain();
            if (!problems.isEmpty()) {
                throw new UserMistake("Release " + release.id() + " cannot go on: " + String.join("; ", problems)
                        + "; the next run with the same --data tries again");
            }
            ended = deployment.await(LOOK_AFTER);
        }
        require(ended, end -> !isRunning(end) && end.state().kind() != ReleaseState.Kind.PAUSED);
        return journal.acknowledged("release.end", ended);
    }

    private static boolean isRunning(Release release) {
        return switch (release.state().kind()) {
            case QUEUED, IN_PROGRESS -> true;
            default -> false;
        };
    }

    private static void require(Release release, Predicate<Release> expected) {
        if (!expected.test(release)) {
            throw new IllegalStateException("Release " + release.id() + " of " + release.number() + " to "
                    + release.environment() + " is " + release.state() + ", which is not what the story tells");
        }
    }
}
