package io.github.releasepipeline.core.play;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.version.Version;
import java.util.List;

/** A world in which everything goes as it should, for stories that need something to have happened before. */
final class Company {
    private static final int ALICE = 0;
    private static final int BOB = 1;
    private static final int CAROL = 2;
    private static final int EVE = 4;

    final World world;

    /** @param variant of the world; an even one needs no review of change sets */
    Company(int variant) {
        world = new World(variant);
    }

    ActingPipeline alice() {
        return world.as(ALICE, 0);
    }

    ActingPipeline bob() {
        return world.as(BOB, 0);
    }

    /** May do nothing. */
    ActingPipeline eve() {
        return world.as(EVE, 0);
    }

    /** A merged pull request that writes one flow. */
    long merged(String path) {
        long number = world.open("erin", path, List.of());
        world.forge.review(number, "carol", ReviewSummary.Decision.APPROVED);
        alice().pullRequests().synchronize();
        alice().pullRequests().merge(number);
        return number;
    }

    ChangeSet ready(String path) {
        long number = merged(path);
        return alice().changeSets()
                .create("Set of " + path, set -> set.type(ChangeType.FEATURE).pullRequests(number));
    }

    Version published(String path) {
        return alice().versions().publish(ready(path).id());
    }

    /** Does all that waits. */
    void work() {
        while (world.crank(0) || world.crank(1)) {
            Rules.always(world);
        }
    }

    Release deployed(Version version, String environment) {
        Release release = started(version, environment);
        work();
        return alice().releases().get(release.id());
    }

    /** Approved by Bob and Carol, past any environment before it, and begun. */
    Release started(Version version, String environment) {
        ReleaseId id = alice().releases()
                .requestBypassing(version.id(), environment, "now")
                .id();
        for (int voter : new int[] {BOB, CAROL}) {
            if (!alice().releases().lacking(id).isEmpty()) {
                world.as(voter, 0).releases().approve(id, "yes");
            }
        }
        if (alice().releases().actions(id).contains(ReleaseAction.DEPLOY)) {
            alice().releases().deploy(id);
        }
        return alice().releases().get(id);
    }

    Release rolledBack(ReleaseId id) {
        Release rollback = alice().releases().rollback(id, "errors").release();
        work();
        return alice().releases().get(rollback.id());
    }

    List<String> log(ReleaseId id) {
        return alice().releases().log(id, 0).stream()
                .map(line -> line.entry().text())
                .toList();
    }
}
