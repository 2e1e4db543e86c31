package io.github.releasepipeline.examples.benchmarks.view;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemorySourceControl;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A pipeline whose releases go through the engine, so that their rows are those of a real one. */
record Company(Pipeline pipeline, MemorySourceControl forge, SettableClock clock) implements AutoCloseable {
    static final String REPOSITORY = "acme/flows";

    private static final Actor ALICE = Actor.user("alice");

    static Company on(PipelineStore store, SettableClock clock) {
        ItemKind flows = ItemKind.of("workflow", "flows/**");
        MemoryItemRepository repository = new MemoryItemRepository(clock);
        MemorySourceControl forge = new MemorySourceControl(REPOSITORY, repository, List.of(flows), clock);
        Pipeline pipeline = Pipeline.builder()
                .sourceControl(forge)
                .repository(repository)
                .store(store)
                .items(flows)
                .clock(clock)
                .maintainedByHost()
                .environment("staging", new ScriptedTarget(), env -> env.tier(Tier.STAGING))
                .environment("production", new ScriptedTarget(), env -> env.tier(Tier.PRODUCTION))
                .build();
        return new Company(pipeline, forge, clock);
    }

    ActingPipeline alice() {
        return pipeline.as(ALICE);
    }

    /** A pull request, its change set, its version and its release, in one environment and the other by turns. */
    void release(int part) {
        long number = forge.open("Change " + part, "bob", List.of(), Map.of("flows/" + part + ".json", "v" + part));
        forge.mergeElsewhere(number, "dave");
        clock.advance(Duration.ofSeconds(1));
        alice().pullRequests().synchronize();
        ChangeSet set = alice().changeSets()
                .create("Set " + part, wish -> wish.type(ChangeType.FEATURE).pullRequests(number));
        Version version = alice().versions().publish(set.id());
        Release release = alice().releases().request(version.id(), part % 2 == 0 ? "production" : "staging");
        Release ended = alice().releases().deploy(release.id()).await(Duration.ofMinutes(1));
        if (!ended.succeeded()) {
            throw new IllegalStateException(ended.toString());
        }
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
