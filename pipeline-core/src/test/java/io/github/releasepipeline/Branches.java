package io.github.releasepipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.memory.MemorySourceControl;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A repository with branches, and a pipeline over it with one production environment. */
final class Branches implements AutoCloseable {
    /** What a hotfix makes of {@code flows/a}. */
    static final String FIXED = "fixed";

    static final Actor ALICE = Actor.user("alice");

    final SettableClock clock = SettableClock.at("2026-03-01T09:00:00Z");
    final MemoryItemRepository history = new MemoryItemRepository(clock);
    final ItemKind flows = ItemKind.of("workflow", "flows/**");
    final MemorySourceControl forge = new MemorySourceControl("acme/flows", history, List.of(flows), clock);
    final MemoryPipelineStore store = new MemoryPipelineStore();
    final ScriptedTarget production = new ScriptedTarget();
    final Pipeline pipeline;

    Branches() {
        this(wiring -> {});
    }

    Branches(Consumer<PipelineBuilder> more) {
        PipelineBuilder wiring = Pipeline.builder()
                .sourceControl(forge)
                .repository(history)
                .store(store)
                .items(flows)
                .clock(clock)
                .environment("production", production, env -> env.tier(Tier.PRODUCTION));
        more.accept(wiring);
        pipeline = wiring.build();
    }

    /** Ids; what shall happen meanwhile happens when the next one is made, once: before the transaction of a command. */
    static Supplier<String> ids(AtomicReference<Runnable> meanwhile) {
        AtomicLong made = new AtomicLong();
        return () -> {
            meanwhile.getAndSet(() -> {}).run();
            return "id-" + made.incrementAndGet();
        };
    }

    ActingPipeline alice() {
        return pipeline.as(ALICE);
    }

    Versions versions() {
        return alice().versions();
    }

    /** 1.2.0 in production, 1.3.0 on main, and a branch {@code fix} at what is in production. */
    static Branches ahead(Consumer<PipelineBuilder> more) {
        Branches branches = new Branches(more);
        Version active = branches.published("1.2.0", "flows/a");
        branches.deployed(active, "production");
        branches.published("1.3.0", "flows/b");
        branches.branch("fix", active);
        return branches;
    }

    /** A hotfix of {@code flows/a}, merged into the branch {@code fix}. */
    Version hotfix() {
        long fix = merged("fix", "flows/a", FIXED);
        return versions().hotfix(set(ChangeType.HOTFIX, fix).id());
    }

    static void refused(String rule, String named, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.rule()).isEqualTo(rule))
                .hasMessageContaining(named);
    }

    /** A pull request on a branch that is merged into it and read. */
    long merged(String branch, String path, String content) {
        clock.advance(Duration.ofMinutes(1));
        long number = forge.openOn(branch, "Change " + path, "erin", List.of(), Map.of(path, content));
        forge.mergeElsewhere(number, "erin");
        alice().pullRequests().synchronize();
        return number;
    }

    ChangeSet set(long... numbers) {
        return set(ChangeType.FEATURE, numbers);
    }

    ChangeSet set(ChangeType type, long... numbers) {
        return alice().changeSets()
                .create("Set of " + numbers[0], set -> set.type(type).pullRequests(numbers));
    }

    /** A ready set of one new pull request. */
    ChangeSet ready(String branch, String path) {
        return set(merged(branch, path, "new " + path));
    }

    /** A version of one new pull request on {@code main}, with a number of its own. */
    Version published(String number, String path) {
        return publish(number, ready("main", path));
    }

    Version publish(String number, ChangeSet set) {
        return versions().publish(List.of(set.id()), version -> version.number(number));
    }

    /** Makes a branch where a version is. */
    void branch(String name, Version at) {
        history.branch(name, at.commit());
    }

    /** Merges a branch into {@code main}, past any pull request. */
    CommitId mergeIntoMain(String branch, Map<String, String> files) {
        CommitId merge = history.commit(files, List.of(history.resolve("main"), history.resolve(branch)));
        history.branch("main", merge);
        return merge;
    }

    Release deployed(Version version, String environment) {
        return finished(alice().releases().request(version.id(), environment));
    }

    Release finished(Release requested) {
        Release release = alice().releases().deploy(requested.id()).await(Duration.ofSeconds(20));
        assertThat(release.state().kind()).isEqualTo(ReleaseState.Kind.SUCCEEDED);
        return release;
    }

    List<String> tags() {
        return history.tags().stream().map(Tag::name).toList();
    }

    boolean isReady(ChangeSet set) {
        return alice().changeSets().get(set.id()).state().kind() == ChangeSetState.Kind.READY;
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
