package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.changeset.ChangeSetId;

/** What the tables show beside the rows themselves. */
final class Lookups {
    private final ActingPipeline pipeline;

    Lookups(ActingPipeline pipeline) {
        this.pipeline = pipeline;
    }

    String name(ChangeSetId set) {
        return pipeline.changeSets().get(set).name();
    }
}
