package io.github.releasepipeline.core.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.core.release.Quorum;
import io.github.releasepipeline.core.version.Numbers;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.QueuedRelease;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.RollbackOf;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionNumber;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has to hold after each move. */
final class Rules {
    private Rules() {}

    static void always(World world) {
        assertThat(world.store.defects()).as("what broke off in a transaction").isEmpty();
        List<Release> releases = world.releases();
        for (Environment environment : world.as(0, 0).environments().list()) {
            List<Release> here = releases.stream()
                    .filter(release -> release.environment().equals(environment.name()))
                    .toList();
            slot(environment, here);
            queue(environment, here);
            reversed(environment, here);
            traffic(world, environment);
        }
        releases.forEach(Rules::release);
        membership(world);
        numbers(world);
        world.targets.forEach(Rules::tokens);
    }

    /** Everything that commands of people change, in short. */
    static String fingerprint(World world) {
        int records = world.store.audit().newest(Optional.empty(), PageRequest.first(1)).rows().stream()
                .map(record -> record.subject() + record.sequence() + record.id())
                .collect(Collectors.joining())
                .hashCode();
        return records + " " + world.changeSets().hashCode() + " "
                + world.versions().hashCode() + " "
                + world.releases().hashCode() + " "
                + world.as(0, 0).environments().list().hashCode();
    }

    /** One release at most runs in an environment, and it is the one that the environment says. */
    private static void slot(Environment environment, List<Release> here) {
        List<ReleaseId> running = here.stream()
                .filter(release -> release.state().kind() == Kind.IN_PROGRESS
                        || release.state().kind() == Kind.PAUSED)
                .map(Release::id)
                .toList();
        assertThat(running)
                .as("who runs in %s", environment.name())
                .isEqualTo(environment.running().stream().toList());
        here.stream()
                .filter(release -> running.contains(release.id()))
                .forEach(release -> assertThat(
                                release.lastAttempt().orElseThrow().fencingToken())
                        .isEqualTo(environment.fencingToken()));
    }

    /** Exactly those releases wait that are queued, rollbacks first. */
    private static void queue(Environment environment, List<Release> here) {
        assertThat(environment.queue().stream().map(QueuedRelease::release))
                .as("who waits for %s", environment.name())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(here.stream()
                        .filter(release -> release.state().kind() == Kind.QUEUED)
                        .map(Release::id)
                        .toList());
        assertThat(environment.queue().stream().map(QueuedRelease::kind).toList())
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    /** What the rollback that is active was to take away does not count as a success any more. */
    private static void reversed(Environment environment, List<Release> here) {
        List<ReleaseId> takenAway = here.stream()
                .filter(Release::succeeded)
                .filter(rollback -> environment
                        .active()
                        .filter(active -> active.release().equals(rollback.id()))
                        .isPresent())
                .flatMap(rollback -> rollback.rollbackOf().stream())
                .map(RollbackOf::release)
                .toList();
        assertThat(here.stream().filter(Release::succeeded).map(Release::id))
                .as("what has succeeded in %s", environment.name())
                .noneMatch(takenAway::contains);
    }

    /** A part of the traffic goes to what is tried out now, and to nothing else, or somebody was told. */
    private static void traffic(World world, Environment environment) {
        ScriptedTarget target = world.targets.get(environment.name().value());
        if (target == null
                || target.canaryPercent() == 0
                || environment.degradation().isPresent()) {
            return;
        }
        List<StepRun> steps = environment
                .running()
                .map(id -> world.as(0, 0).releases().get(id))
                .flatMap(Release::lastAttempt)
                .map(Attempt::steps)
                .orElse(List.of());
        assertThat(steps)
                .as("who is tried out in %s", environment.name())
                .extracting(StepRun::step)
                .contains(Step.CANARY);
    }

    private static void release(Release release) {
        Kind kind = release.state().kind();
        boolean approved = Stream.of(Kind.READY, Kind.QUEUED, Kind.IN_PROGRESS, Kind.PAUSED, Kind.SUCCEEDED)
                .anyMatch(kind::equals);
        if (approved && release.kind() == ReleaseKind.DEPLOY) {
            assertThat(Quorum.lacking(release.policy().approvals(), release.approvals()))
                    .as("%s is approved", release)
                    .isEmpty();
        }
        assertThat(release.approvals())
                .allMatch(vote -> vote.plan().equals(release.plan().digest()))
                .allMatch(vote -> vote.by().isHuman());
        assertThat(release.approvals().stream().map(vote -> vote.by().id())).doesNotHaveDuplicates();
        if (kind == Kind.SUCCEEDED) {
            Attempt last = release.lastAttempt().orElseThrow();
            assertThat(last.steps().stream()
                            .filter(run -> run.status() == StepRun.Status.SUCCEEDED)
                            .map(StepRun::step)
                            .sorted()
                            .toList())
                    .as("the steps of %s", release.id())
                    .isEqualTo(release.steps());
        }
    }

    private static void membership(World world) {
        assertThat(world.changeSets().stream()
                        .filter(set -> set.state().kind() != ChangeSetState.Kind.ABANDONED)
                        .flatMap(set -> set.pullRequests().stream()))
                .as("a pull request is in one set at most")
                .doesNotHaveDuplicates();
    }

    private static void numbers(World world) {
        assertThat(world.versions().stream()
                        .filter(version -> version.state().kind() != VersionState.Kind.DISCARDED)
                        .map(version -> version.number())
                        .map(VersionNumber::uniqueTag))
                .as("a number is taken once")
                .doesNotHaveDuplicates();
    }

    /** A version follows a lower number that its commit contains; a hotfix follows what it corrects. */
    static void order(World world) {
        for (Version version : world.versions()) {
            version.previous()
                    .map(world.as(0, 0).versions()::get)
                    .ifPresent(previous -> assertThat(Numbers.ORDER.compare(previous.number(), version.number()) < 0
                                    && world.history.isAncestor(previous.commit(), version.commit()))
                            .as("%s follows %s", version.number(), previous.number())
                            .isTrue());
            version.hotfix().ifPresent(hotfix -> assertThat(version.previous()).contains(hotfix.base()));
        }
    }

    private static void tokens(String name, ScriptedTarget target) {
        assertThat(target.effects().stream().map(effect -> effect.step() + " " + effect.attemptKey()))
                .as("what %s has done once", name)
                .doesNotHaveDuplicates();
        assertThat(target.effects().stream().map(ScriptedTarget.Effect::fencingToken))
                .as("what %s lets work", name)
                .isSorted();
    }
}
