/** The published language of release-pipeline: ids, immutable snapshots, events, errors, and the ports. */
module io.github.releasepipeline.spi {
    requires transitive static org.jspecify;

    exports io.github.releasepipeline.actor;
    exports io.github.releasepipeline.attestation;
    exports io.github.releasepipeline.audit;
    exports io.github.releasepipeline.automation;
    exports io.github.releasepipeline.changeset;
    exports io.github.releasepipeline.difference;
    exports io.github.releasepipeline.environment;
    exports io.github.releasepipeline.error;
    exports io.github.releasepipeline.figure;
    exports io.github.releasepipeline.item;
    exports io.github.releasepipeline.notify;
    exports io.github.releasepipeline.policy;
    exports io.github.releasepipeline.release;
    exports io.github.releasepipeline.source;
    exports io.github.releasepipeline.store;
    exports io.github.releasepipeline.subject;
    exports io.github.releasepipeline.target;
    exports io.github.releasepipeline.version;
    exports io.github.releasepipeline.work;
}
