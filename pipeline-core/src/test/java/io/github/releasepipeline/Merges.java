package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.automation.AutomationState;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import java.util.List;

/** What tests of automatic rules do and see. */
final class Merges {
    /** The specification's two rules. */
    static final AutoChangeSetRule INVOICES =
            AutoChangeSetRule.grouping("invoice-processing", "Invoice Processing Changes");

    static final AutoChangeSetRule HOTFIX = AutoChangeSetRule.versioning("hotfix", "Hotfix", "staging");

    private Merges() {}

    /** A pipeline that has read its repository to the end, so that what is merged from now on is news. */
    static Pipeline following(PipelineFixture fixture, AutoChangeSetRule... rules) {
        Pipeline pipeline = fixture.start(wiring -> wiring.autoChangeSetRules(rules));
        pipeline.as(ALICE).pullRequests().synchronize();
        return pipeline;
    }

    /** Opened with labels and merged at the provider; not read yet. */
    static void merge(PipelineFixture fixture, long number, String... labels) {
        fixture.forge.put(Samples.labelled(fixture.forge.open(number), labels));
        fixture.forge.mergeThere(number);
    }

    /** Merged at the provider and read. */
    static void observe(PipelineFixture fixture, Pipeline pipeline, long number, String... labels) {
        merge(fixture, number, labels);
        pipeline.as(ALICE).pullRequests().synchronize();
    }

    static Automation automation(Pipeline pipeline, long number) {
        return pipeline.as(ALICE).changeSets().automation(number).orElseThrow();
    }

    static List<ChangeSet> sets(Pipeline pipeline) {
        return pipeline.as(ALICE).changeSets().list(PipelineFilter.all(), PageRequest.first(500)).rows().stream()
                .map(ChangeSetRow::set)
                .toList();
    }

    static ChangeSet onlySet(Pipeline pipeline) {
        List<ChangeSet> sets = sets(pipeline);
        assertThat(sets).hasSize(1);
        return sets.get(0);
    }

    static List<Version> versions(Pipeline pipeline) {
        return pipeline.as(ALICE)
                .versions()
                .list(PipelineFilter.all(), PageRequest.first(500))
                .rows();
    }

    static List<Release> releases(Pipeline pipeline) {
        return pipeline.as(ALICE)
                .releases()
                .list(PipelineFilter.all(), PageRequest.first(500))
                .rows();
    }

    static Automation awaitState(Pipeline pipeline, long number, AutomationState.Kind kind) {
        await().atMost(PipelineFixture.LONG)
                .until(() -> automation(pipeline, number).state().kind() == kind);
        return automation(pipeline, number);
    }

    static String stoppedBecause(Automation automation) {
        assertThat(automation.state()).isInstanceOf(AutomationState.Stopped.class);
        return ((AutomationState.Stopped) automation.state()).reason();
    }
}
