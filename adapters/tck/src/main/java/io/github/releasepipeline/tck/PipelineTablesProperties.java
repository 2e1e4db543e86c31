package io.github.releasepipeline.tck;

import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.PipelineTables;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * The tables of every {@link PipelineStore} against {@link PipelineFilter#accepts}, over random rows and filters. A test
 * of an adapter extends it and gives an empty store for each try.
 */
public abstract class PipelineTablesProperties {
    /** For subclasses. */
    protected PipelineTablesProperties() {}

    /** A new, empty store; closed after each try. */
    protected abstract PipelineStore newStore();

    @Property(tries = 25)
    void tables_show_what_the_filter_accepts(
            @ForAll long seed,
            @ForAll @IntRange(max = 15) int size,
            @ForAll @Size(max = 4) List<@IntRange(max = 1_000) Integer> choices) {
        PipelineFilter filter = PipelineFilter.all();
        List<UnaryOperator<PipelineFilter>> parts = Population.parts();
        for (int choice : choices) {
            filter = parts.get(choice % parts.size()).apply(filter);
        }
        Population population = new Population(seed, size);
        try (PipelineStore store = newStore()) {
            boolean saved = store.transact(session -> {
                population.save(session);
                return true;
            });
            if (!saved) {
                throw new AssertionError("The transaction did not return what its work returned");
            }
            PipelineTables tables = store.tables();
            PipelineTableFacts.assertShown(tables, population, filter);
        }
    }
}
