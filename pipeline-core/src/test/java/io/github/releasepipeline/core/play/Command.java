package io.github.releasepipeline.core.play;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.core.release.ReleaseActions;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.target.StepOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What can be done in a game: by people, by the world around, and to it. */
enum Command {
    OPEN(4, (world, move) -> world.open(move.who() < 3 ? "alice" : "bob", path(move), List.of("feature"))),
    REVIEW(4, onPullRequest(Command::review)),
    PUSH(1, onPullRequest((world, number) -> world.forge.push(number, Map.of("flows/more", "more of " + number)))),
    CLOSE(1, onPullRequest((world, number) -> world.forge.close(number))),
    COMMIT_PAST_REVIEW(
            1, (world, move) -> world.history.commitOn("main", Map.of("flows/direct", "at " + world.clock.instant()))),
    SYNCHRONIZE(5, (world, move) -> as(world, move).pullRequests().synchronize()),
    MERGE(
            4,
            (world, move) -> World.pick(world.pullRequests(), move.what())
                    .forEach(number -> as(world, move).pullRequests().merge(number))),
    SHIP(8, Command::ship),

    CREATE_SET(
            6,
            (world, move) -> as(world, move)
                    .changeSets()
                    .create(
                            "Set " + move.what(),
                            set -> set.type(ChangeType.values()[move.what() % 7])
                                    .pullRequests(World.pick(world.pullRequests(), move.what())
                                            .mapToLong(Long::longValue)
                                            .toArray()))),
    EDIT_SET(
            3,
            (world, move) -> World.pick(world.changeSets(), move.what())
                    .forEach(set -> as(world, move)
                            .changeSets()
                            .edit(
                                    set.id(),
                                    editor -> editor.description("again")
                                            .pullRequests(World.pick(world.pullRequests(), move.who())
                                                    .mapToLong(Long::longValue)
                                                    .toArray())))),
    PROPOSE(
            8,
            onSet(
                    ChangeSetState.Kind.DRAFT,
                    (acting, set) -> acting.changeSets().propose(set.id()))),
    APPROVE_SET(
            5,
            onSet(
                    ChangeSetState.Kind.PENDING_REVIEW,
                    (acting, set) -> acting.changeSets().approve(set.id()))),
    SEND_BACK(
            2,
            onSet(
                    ChangeSetState.Kind.PENDING_REVIEW,
                    (acting, set) -> acting.changeSets().sendBack(set.id(), "not yet"))),
    ABANDON(
            2,
            onSet(
                    ChangeSetState.Kind.PENDING_REVIEW,
                    (acting, set) -> acting.changeSets().abandon(set.id(), "no more"))),

    PUBLISH(
            4,
            onSet(ChangeSetState.Kind.READY, (acting, set) -> acting.versions().publish(set.id()))),
    DEPRECATE(
            1,
            (world, move) -> World.pick(world.versions(), move.what())
                    .forEach(version -> as(world, move).versions().deprecate(version.id(), "old"))),
    BLOCK(
            1,
            (world, move) -> World.pick(world.versions(), move.what())
                    .forEach(version -> as(world, move).versions().block(version.id(), "dangerous"))),
    FOREIGN_TAG(
            1,
            (world, move) -> world.history.lightweightTag(
                    "v0." + (move.what() % 9 + world.versions().size()) + ".0", world.history.resolve("main"))),
    IMPORT(1, (world, move) -> as(world, move).versions().importHistory()),
    MOVED_TAG(
            1,
            (world, move) -> World.pick(world.versions(), move.what())
                    .forEach(version ->
                            world.history.lightweightTag(version.number().tag(), world.history.resolve("main")))),
    LOST_TAG_REPLY(1, (world, move) -> world.repository.loseReply()),

    REQUEST(
            8,
            (world, move) -> World.pick(world.versions(), move.what())
                    .forEach(version ->
                            as(world, move).releases().request(version.id(), World.environment(move.what())))),
    REQUEST_BYPASSING(
            4,
            (world, move) -> World.pick(world.versions(), move.what())
                    .forEach(version ->
                            as(world, move).releases().requestBypassing(version.id(), "production", "urgent"))),
    DOWNGRADE(
            1,
            (world, move) -> World.pick(world.versions(), move.what())
                    .forEach(version -> as(world, move)
                            .releases()
                            .requestDowngrade(version.id(), World.environment(move.what()), "back"))),
    FORCE(
            3,
            (world, move) -> World.pick(
                            world.releases().stream()
                                    .filter(release -> move.who() == 0 || isClosedTo(world, release, move.what()))
                                    .toList(),
                            move.what() / 4)
                    .forEach(release -> as(world, move).releases().force(release.id(), "needed now"))),
    REQUEST_FORCED(
            1,
            (world, move) -> World.pick(world.versions(), move.what())
                    .forEach(version -> as(world, move)
                            .releases()
                            .requestForced(version.id(), World.environment(move.what()), "needed now"))),
    PROMOTE(3, Command::promote),
    PASS_ON(3, Command::passOn),
    APPROVE(
            16,
            onRelease(
                    ReleaseState.Kind.PENDING_APPROVAL,
                    (acting, release) -> acting.releases().approve(release.id(), "fine"))),
    REJECT(
            1,
            onRelease(
                    ReleaseState.Kind.PENDING_APPROVAL,
                    (acting, release) -> acting.releases().reject(release.id(), "bad"))),
    WITHDRAW(
            2,
            onRelease(
                    ReleaseState.Kind.PENDING_APPROVAL,
                    (acting, release) -> acting.releases().withdraw(release.id()))),
    DEPLOY(
            12,
            onRelease(
                    ReleaseState.Kind.READY,
                    (acting, release) -> acting.releases().deploy(release.id()))),
    OVERRIDE_WINDOW(
            4,
            onAny(
                    ReleaseAction.OVERRIDE_WINDOW,
                    (acting, release) -> acting.releases().overrideWindow(release.id(), "urgent"))),
    RETRY(
            4,
            onRelease(
                    ReleaseState.Kind.FAILED,
                    (acting, release) -> acting.releases().retry(release.id()))),
    CANCEL(
            2,
            onRelease(
                    ReleaseState.Kind.IN_PROGRESS,
                    (acting, release) -> acting.releases().cancel(release.id(), "called off"))),
    ROLL_BACK(
            4,
            onAny(ReleaseAction.ROLLBACK, (acting, release) -> acting.releases().rollback(release.id(), "errors"))),
    ROLL_BACK_ANY_TO_ANY(
            1,
            (world, move) -> World.pick(world.releases(), move.what())
                    .forEach(release -> World.pick(world.versions(), move.who())
                            .forEach(version -> as(world, move)
                                    .releases()
                                    .rollback(release.id(), version.id(), move.node() == 0, "errors")))),
    ROLL_BACK_TO(
            4,
            (world, move) -> World.pick(
                            world.releases().stream()
                                    .filter(release -> as(world, move)
                                            .releases()
                                            .actions(release.id())
                                            .contains(ReleaseAction.ROLLBACK))
                                    .toList(),
                            move.what())
                    .forEach(release -> World.pick(as(world, move).releases().rollbackTargets(release.id()), move.who())
                            .forEach(version ->
                                    as(world, move).releases().rollback(release.id(), version.id(), true, "errors")))),
    RESOLVE(
            4,
            (world, move) -> World.pick(paused(world), move.who())
                    .forEach(release -> as(world, move)
                            .releases()
                            .resolve(release.id(), Resolution.values()[move.what() % 3], "looked"))),
    JUDGE(
            6,
            (world, move) -> World.pick(paused(world), move.who())
                    .forEach(release -> as(world, move)
                            .releases()
                            .judge(release.id(), "board", GateVerdict.values()[move.what() % 3], "looked"))),
    CANCEL_PAUSED(
            2,
            onRelease(
                    ReleaseState.Kind.PAUSED,
                    (acting, release) -> acting.releases().cancel(release.id(), "called off"))),

    CRANK(24, (world, move) -> world.crank(move.node())),
    MAINTAIN(3, (world, move) -> world.node(move.node()).pipeline().maintain()),
    RESTART(1, (world, move) -> world.restart(move.node())),
    HOUR(4, (world, move) -> world.clock.advance(Duration.ofMinutes(61))),
    WEEK(1, (world, move) -> world.clock.advance(Duration.ofDays(7))),
    HOLD(1, (world, move) -> as(world, move).environments().hold(World.environment(move.what()), "freeze")),
    RESUME(1, (world, move) -> as(world, move).environments().resume(World.environment(move.what()), "thaw")),
    REPAIRED(2, (world, move) -> world.mend(as(world, move), World.environment(move.what()))),

    STEP_FAILS(
            2,
            (world, move) -> world.target(move.who())
                    .failNext(
                            step(move),
                            new StepOutcome.Failed(
                                    FailureKind.values()[move.what() % 3],
                                    "no",
                                    move.node() == 0 ? List.of() : List.of(new ItemId("workflow", path(move)))))),
    CALL_LOST(1, (world, move) -> world.target(move.who()).loseCall(step(move))),
    REPLY_LOST(1, (world, move) -> world.target(move.who()).loseReply(step(move))),
    NOBODY_KNOWS(2, (world, move) -> {
        world.target(move.who()).loseReply(step(move));
        world.target(move.who()).loseProbe("the machine is gone");
    }),
    POWER_CUT(1, (world, move) -> {
        world.target(move.who()).before(step(move), world.store::cut);
        world.target(move.who()).after(step(move), world.store::cut);
    }),
    MEANWHILE(4, (world, move) -> {
        List<Command> others = List.of(CANCEL, REQUEST, DEPLOY, DEPRECATE, BLOCK, RETRY, ROLL_BACK, MAINTAIN, APPROVE);
        Move other = new Move(others.get(move.what() % others.size()), 0, move.what() / 9, move.node());
        world.target(move.who()).before(step(move), () -> Game.attempt(world, other));
    }),
    NODE_STANDS_STILL_BEFORE(
            2, (world, move) -> world.target(move.who()).before(step(move), () -> world.overtake(move.what() % 7))),
    NODE_STANDS_STILL_AFTER(
            2, (world, move) -> world.target(move.who()).after(step(move), () -> world.overtake(move.what() % 7))),
    STORE_FAULT(
            2,
            (world, move) ->
                    world.store.order(WatchedStore.Fault.values()[move.what() % WatchedStore.Fault.values().length])),
    DRIFT(
            1,
            (world, move) -> world.target(move.who())
                    .drift(new ItemId("workflow", path(move)), "by hand".getBytes(StandardCharsets.UTF_8))),
    GATE_FAILS(1, (world, move) -> world.failGate());

    private static final List<ReleaseState.Kind> CLOSED_TO = List.of(
            ReleaseState.Kind.READY,
            ReleaseState.Kind.QUEUED,
            ReleaseState.Kind.FAILED,
            ReleaseState.Kind.PENDING_APPROVAL);

    /** Each command as often as its weight. */
    static final List<Command> WEIGHTED = Arrays.stream(values())
            .flatMap(command -> Collections.nCopies(command.weight, command).stream())
            .toList();

    /** Several commands in one: a refusal of the second does not undo the first. */
    boolean isCompound() {
        return this == SHIP || this == PROMOTE || this == PASS_ON;
    }

    private final int weight;
    private final BiConsumer<World, Move> play;

    Command(int weight, BiConsumer<World, Move> play) {
        this.weight = weight;
        this.play = play;
    }

    void play(World world, Move move) {
        play.accept(world, move);
    }

    /** From a change to a published version in one go; a rule may have taken it before. */
    private static void ship(World world, Move move) {
        long number = world.open("alice", path(move), move.what() % 3 == 0 ? List.of("feature") : List.of());
        review(world, number);
        ActingPipeline alice = world.as(0, move.node());
        alice.pullRequests().synchronize();
        alice.pullRequests().merge(number);
        ChangeSet set = alice.changeSets()
                .create(
                        "Shipped #" + number,
                        editor -> editor.type(ChangeType.values()[move.what() % 7])
                                .pullRequests(number));
        if (set.state().kind() != ChangeSetState.Kind.READY) {
            alice.changeSets().propose(set.id());
            world.as(2, move.node()).changeSets().approve(set.id());
        }
        world.as(move.who() == 4 ? 0 : move.who(), move.node()).versions().publish(set.id());
    }

    /** A version into production, with all approvals it may need, whatever comes of it there. */
    private static void promote(World world, Move move) {
        World.pick(world.versions(), move.what()).forEach(version -> {
            Release release = world.as(0, move.node()).releases().requestBypassing(version.id(), "production", "now");
            world.as(1, move.node()).releases().approve(release.id(), "yes");
            world.as(2 + move.who() % 2, move.node()).releases().approve(release.id(), "yes");
            world.as(0, move.node()).releases().deploy(release.id());
        });
    }

    /** What staging has borne out into production, behind whatever runs there. */
    private static void passOn(World world, Move move) {
        world.as(0, 0).environments().get("staging").active().ifPresent(active -> {
            world.clock.advance(Duration.ofHours(1));
            Release release = world.as(0, move.node()).releases().request(active.version(), "production");
            world.as(1, move.node()).releases().approve(release.id(), "yes");
            world.as(2 + move.who() % 2, move.node()).releases().approve(release.id(), "yes");
            world.as(0, move.node()).releases().deploy(release.id());
        });
    }

    private static void review(World world, long number) {
        world.forge.review(number, "carol", ReviewSummary.Decision.APPROVED);
    }

    /** Whether a release in one of some states cannot go into its environment because that is degraded. */
    private static boolean isClosedTo(World world, Release release, int state) {
        return release.state().kind() == CLOSED_TO.get(state % CLOSED_TO.size())
                && release.kind() == ReleaseKind.DEPLOY
                && world.as(0, 0)
                        .environments()
                        .get(release.environment().value())
                        .degradation()
                        .isPresent();
    }

    static List<Release> paused(World world) {
        return world.releases().stream()
                .filter(release -> release.state().kind() == ReleaseState.Kind.PAUSED)
                .toList();
    }

    private static Step step(Move move) {
        return Step.values()[move.what() % Step.values().length];
    }

    private static String path(Move move) {
        return "flows/" + move.what() % 5;
    }

    private static ActingPipeline as(World world, Move move) {
        return world.as(move.who(), move.node());
    }

    private static BiConsumer<World, Move> onPullRequest(BiConsumer<World, Long> play) {
        return (world, move) ->
                World.pick(world.pullRequests(), move.what()).forEach(number -> play.accept(world, number));
    }

    /** Mostly on sets in a state in which it is likely to be allowed. */
    private static BiConsumer<World, Move> onSet(
            ChangeSetState.Kind likely, BiConsumer<ActingPipeline, ChangeSet> play) {
        return (world, move) -> World.pick(
                        world.changeSets().stream()
                                .filter(set ->
                                        move.what() % 4 == 0 || set.state().kind() == likely)
                                .toList(),
                        move.what())
                .forEach(set -> play.accept(as(world, move), set));
    }

    /** On releases in any state that offers it. */
    private static BiConsumer<World, Move> onAny(ReleaseAction action, BiConsumer<ActingPipeline, Release> play) {
        return (world, move) -> World.pick(
                        world.releases().stream()
                                .filter(release -> ReleaseActions.in(
                                                release.state().kind())
                                        .contains(action))
                                .toList(),
                        move.what())
                .forEach(release -> play.accept(as(world, move), release));
    }

    /** Mostly on releases in a state in which it is likely to be allowed. */
    private static BiConsumer<World, Move> onRelease(
            ReleaseState.Kind likely, BiConsumer<ActingPipeline, Release> play) {
        return (world, move) -> World.pick(
                        world.releases().stream()
                                .filter(release ->
                                        move.what() % 4 == 0 || release.state().kind() == likely)
                                .toList(),
                        move.what())
                .forEach(release -> play.accept(as(world, move), release));
    }
}
