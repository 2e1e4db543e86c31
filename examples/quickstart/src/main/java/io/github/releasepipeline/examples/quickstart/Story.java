package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.VersionPreview;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.release.Plan;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The story of one season, chapter by chapter. A chapter does what is not done yet, so the story may break off anywhere
 * and go on with the next run.
 */
final class Story {
    private static final PullRequestStatus[] OPEN = Arrays.stream(PullRequestStatus.values())
            .filter(PullRequestStatus::isOpen)
            .toArray(PullRequestStatus[]::new);
    private static final List<String> ENVIRONMENTS = List.of("development", "staging", "production");

    private final Pipeline pipeline;
    private final StoryRepository people;
    private final Narrator narrator;
    private final Journal journal;
    private final ActingPipeline alice;
    private final SoFar soFar;
    private final Releasing releasing;
    private final Season season;

    Story(Pipeline pipeline, StoryRepository people, Narrator narrator, Journal journal) {
        this.pipeline = pipeline;
        this.people = people;
        this.narrator = narrator;
        this.journal = journal;
        this.alice = as("alice");
        this.soFar = new SoFar(alice);
        this.releasing = new Releasing(pipeline, soFar, journal);
        this.season = soFar.season();
    }

    /** Tells everything that is left of the season. */
    void tell() throws IOException {
        alice.pullRequests().synchronize();
        if (season.number() == 1) {
            before();
        }
        narrator.say("Production runs "
                + alice.environments().get("production").active().orElseThrow().number());
        pullRequests();
        merge();
        ChangeSet set = changeSet();
        Version version = version(set);
        deploy(version);
        failingSmokeTest();
        rollback(version);
    }

    /** The hotfix that production runs when the story begins. */
    private void before() {
        ChangeSet hotfix = soFar.changeSetWith(Season.BEFORE)
                .orElseGet(() -> journal.acknowledged(
                        "change-set.create",
                        alice.changeSets()
                                .create(
                                        "Hotfix: timeout fix",
                                        set -> set.type(ChangeType.HOTFIX).pullRequests(Season.BEFORE))));
        Version version =
                publish(hotfix, () -> alice.versions().publish(List.of(hotfix.id()), wanted -> wanted.number("1.2.1")));
        for (String environment : ENVIRONMENTS) {
            releasing.bring(version, environment, Narrator.silent());
        }
    }

    private void pullRequests() throws IOException {
        narrator.chapter("Pull requests");
        people.propose(season);
        alice.pullRequests().synchronize();
        List<PullRequest> open = alice.pullRequests()
                .list(PipelineFilter.all().pullRequests(OPEN), PageRequest.first(20))
                .rows();
        narrator.table(new Tables(Instant.now()).pullRequests(open));
    }

    private void merge() throws IOException {
        narrator.chapter("Review and merge");
        if (alice.pullRequests().get(season.timeout()).status() == PullRequestStatus.REVIEW_REQUESTED) {
            people.answerReview(season);
            alice.pullRequests().synchronize();
            narrator.say("bob answered the review of #" + season.timeout() + "; david approved it");
        }
        season.merged().forEach(this::merge);
    }

    private void merge(long number) {
        PullRequest pullRequest = alice.pullRequests().get(number);
        if (pullRequest.merged().isEmpty()) {
            pullRequest = journal.acknowledged(
                    "pull-request.merge", alice.pullRequests().merge(number));
        }
        narrator.say("✓ #" + number + " " + pullRequest.title() + ": merged as "
                + pullRequest.merged().orElseThrow().merge().abbreviated());
    }

    private ChangeSet changeSet() {
        narrator.chapter("Change set '" + season.changeSet() + "'");
        ChangeSet set = soFar.changeSetWith(season.classification())
                .orElseGet(() -> journal.acknowledged(
                        "change-set.create",
                        alice.changeSets()
                                .create(
                                        season.changeSet(),
                                        wanted -> wanted.description(
                                                        "Improved " + season.topic() + " extraction and classification")
                                                .type(ChangeType.FEATURE)
                                                .pullRequests(
                                                        season.classification(), season.timeout(), season.prompt()))));
        narrator.table(new Tables(Instant.now()).changeSets(soFar.rowsOf(set)));
        return set;
    }

    private Version version(ChangeSet set) {
        narrator.chapter("Version");
        if (soFar.versionOf(set).isEmpty()) {
            VersionPreview preview = alice.versions().preview(List.of(set.id()), wanted -> {});
            narrator.say("The next version would be " + preview.number() + ", a " + preview.bump() + " one, because "
                    + preview.bumpReason());
        }
        Version version = publish(
                set,
                () -> alice.versions()
                        .publish(
                                List.of(set.id()),
                                wanted -> wanted.bump(Bump.MINOR).notes(season.notes())));
        narrator.say("✓ " + version.number() + " is published: " + version.changedItems() + " changed, "
                + version.items() + " in all");
        narrator.say("  tag " + version.number().tag() + " at commit "
                + version.commit().abbreviated() + ", manifest " + version.manifest());
        narrator.say("");
        narrator.lines(version.notes());
        return version;
    }

    /** Publishes a set, unless it was published before. A version that was interrupted halfway is completed. */
    private Version publish(ChangeSet set, Supplier<Version> publishing) {
        return soFar.versionOf(set)
                .filter(version -> version.state().kind() != VersionState.Kind.DRAFT)
                .orElseGet(() -> journal.acknowledged("version.publish", publishing.get()));
    }

    private void deploy(Version version) {
        narrator.chapter(version.number() + " to development, staging and production");
        Plan plan = alice.releases().plan(version.id(), "production");
        tell(plan.summary());
        for (String environment : ENVIRONMENTS) {
            releasing.bring(version, environment, narrator);
        }
    }

    private void tell(PlanSummary plan) {
        narrator.say("In production, " + plan.created() + " will be created");
        narrator.say("In production, " + plan.updated() + " will be updated");
        narrator.say("In production, " + plan.deleted() + " will be deleted");
    }

    private void failingSmokeTest() throws IOException {
        people.proposeHotfix(season);
        alice.pullRequests().synchronize();
        narrator.chapter("A hotfix whose smoke test fails");
        merge(season.hotfix());
        ChangeSet set = soFar.changeSetWith(season.hotfix())
                .orElseGet(() -> journal.acknowledged(
                        "change-set.create",
                        as("bob")
                                .changeSets()
                                .create(
                                        "Hotfix: " + season.topic() + " audit",
                                        wanted -> wanted.type(ChangeType.HOTFIX).pullRequests(season.hotfix()))));
        Version version = publish(set, () -> as("bob").versions().publish(set.id()));
        releasing.bring(version, "development", Narrator.silent());
        releasing.bringInVain(version, "staging", narrator);
        if (alice.versions().get(version.id()).state().kind() == VersionState.Kind.PUBLISHED) {
            journal.acknowledged(
                    "version.deprecate", alice.versions().deprecate(version.id(), "its smoke test failed in staging"));
        }
        narrator.say("Nothing was activated: staging still runs "
                + alice.environments().get("staging").active().orElseThrow().number() + "; " + version.number()
                + " is deprecated");
    }

    private void rollback(Version version) {
        Release bad = soFar.deployment(version, "production").orElseThrow();
        narrator.chapter("Rollback of " + version.number() + " in production");
        Release rollback = soFar.rollback(bad)
                .orElseGet(() -> journal.acknowledged(
                        "release.rollback",
                        alice.releases()
                                .rollback(bad.id(), "High error rate in " + season.topic() + "-classification workflow")
                                .release()));
        releasing.rollBack(rollback, narrator);
        narrator.say("Only items were rolled back: schema migrations, running executions and history stay as they are");
    }

    private ActingPipeline as(String person) {
        return pipeline.as(Actor.user(person));
    }
}
