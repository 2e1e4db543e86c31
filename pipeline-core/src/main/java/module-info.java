/** The fluent API of release-pipeline and its engine. */
module io.github.releasepipeline.core {
    requires transitive io.github.releasepipeline.spi;
    requires transitive static org.jspecify;
    requires org.slf4j;

    exports io.github.releasepipeline;
    exports io.github.releasepipeline.metrics;
}
