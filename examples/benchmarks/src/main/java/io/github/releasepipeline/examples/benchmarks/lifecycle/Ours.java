package io.github.releasepipeline.examples.benchmarks.lifecycle;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.PipelineBuilder;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemorySourceControl;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.version.VersionId;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * This library by its public API. Each thread has an environment of its own, so that no release waits for another; the same
 * version goes there again and again, which runs every step each time.
 */
final class Ours implements Contender {
    static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int ITEMS = 20;

    private final Pipeline pipeline;
    private final ActingPipeline alice;
    private final List<ActingPipeline> approvers;
    private final VersionId version;

    Ours(DataSource database, int environments) {
        Clock clock = Clock.systemUTC();
        ItemKind flows = ItemKind.of("workflow", "flows/**");
        MemoryItemRepository repository = new MemoryItemRepository(clock);
        MemorySourceControl forge = new MemorySourceControl("acme/flows", repository, List.of(flows), clock);
        PipelineBuilder wiring = Pipeline.builder()
                .sourceControl(forge)
                .repository(repository)
                .store(JdbcPipelineStore.on(database))
                .items(flows);
        for (int i = 0; i < environments; i++) {
            wiring.environment(
                    environment(i),
                    new SilentTarget(),
                    env -> env.tier(Tier.PRODUCTION).approvals(2));
        }
        pipeline = wiring.build();
        alice = pipeline.as(Actor.user("alice"));
        approvers = List.of(pipeline.as(Actor.user("bob")), pipeline.as(Actor.user("carol")));
        version = published(forge);
    }

    /** Of the same length whatever the number. */
    static String environment(int number) {
        return "production-" + (char) ('a' + number / 10) + number % 10;
    }

    private VersionId published(MemorySourceControl forge) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < ITEMS; i++) {
            files.put("flows/flow-" + i + ".json", "{\"flow\": " + i + "}");
        }
        long number = forge.open("Invoice processing", "dave", List.of(), files);
        forge.review(number, "carol", ReviewSummary.Decision.APPROVED);
        forge.mergeElsewhere(number, "carol");
        alice.pullRequests().synchronize();
        ChangeSet set = alice.changeSets()
                .create("Invoices", edit -> edit.type(ChangeType.FEATURE).pullRequests(number));
        return alice.versions().publish(set.id()).id();
    }

    @Override
    public String name() {
        return "release-pipeline";
    }

    @Override
    public void lifecycle(int thread, Calls calls) throws Exception {
        ReleaseId id = calls.time(() -> alice.releases().request(version, environment(thread)))
                .id();
        for (ActingPipeline approver : approvers) {
            calls.time(() -> approver.releases().approve(id, "looks good"));
        }
        Release ended = calls.time(() -> alice.releases().deploy(id)).await(PATIENCE);
        if (!ended.succeeded()) {
            throw new IllegalStateException("The release did not succeed: " + ended.state());
        }
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
