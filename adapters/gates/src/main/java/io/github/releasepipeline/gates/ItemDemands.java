package io.github.releasepipeline.gates;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says what items of one kind have to be, beside JSON. */
public final class ItemDemands {
    private final List<ItemRule> rules = new ArrayList<>();

    ItemDemands() {}

    /** A graph of the usual shape ({@link GraphShape#standard()}). */
    public ItemDemands graph() {
        return graph(GraphShape.standard());
    }

    /** A graph without cycles, without edges that lead nowhere and without nodes that cannot be reached. */
    public ItemDemands graph(GraphShape shape) {
        rules.add(new GraphRule(shape));
        return this;
    }

    /**
     * Valid by a JSON Schema, of draft 4, 6, 7, 2019-09 or 2020-12 as its {@code $schema} says, else of 2020-12. It may refer
     * to itself and to the drafts; nothing else is fetched, from nowhere.
     *
     * @param schema the schema as JSON
     * @throws IllegalArgumentException if it is no schema, or refers to something else
     */
    public ItemDemands schema(String schema) {
        return schema(schema, Map.of());
    }

    /**
     * The same with schemas that it refers to.
     *
     * @param others their texts by the absolute addresses under which they are referred to
     */
    public ItemDemands schema(String schema, Map<String, String> others) {
        rules.add(SchemaRule.of(schema, others));
        return this;
    }

    List<ItemRule> rules() {
        return List.copyOf(rules);
    }
}
