package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import graphql.parser.Parser;
import io.github.releasepipeline.http.Json;

/** What an operation selects: a fake that gave more would hide fields that nobody asked for. */
record Selection(Document document, SelectionSet set) {
    static Selection of(String query) {
        Document document = Parser.parse(query);
        return new Selection(document, definition(document).getSelectionSet());
    }

    static String operation(String query) {
        return definition(Parser.parse(query)).getName();
    }

    private static OperationDefinition definition(Document document) {
        return document.getDefinitionsOfType(OperationDefinition.class).get(0);
    }

    JsonNode prune(JsonNode json) {
        return prune(json, set);
    }

    private JsonNode prune(JsonNode json, SelectionSet selected) {
        if (json.isArray()) {
            ArrayNode pruned = Json.array();
            json.forEach(entry -> pruned.add(prune(entry, selected)));
            return pruned;
        }
        if (!json.isObject()) {
            return json;
        }
        ObjectNode pruned = Json.object();
        select(json, selected, pruned);
        return pruned;
    }

    private void select(JsonNode json, SelectionSet selected, ObjectNode pruned) {
        for (graphql.language.Selection<?> selection : selected.getSelections()) {
            if (selection instanceof Field field) {
                JsonNode value = json.get(field.getResultKey());
                if (value != null) {
                    pruned.set(
                            field.getResultKey(),
                            field.getSelectionSet() == null ? value : prune(value, field.getSelectionSet()));
                }
            } else if (selection instanceof InlineFragment fragment) {
                select(json, fragment.getSelectionSet(), pruned);
            } else if (selection instanceof FragmentSpread spread) {
                document.getDefinitionsOfType(FragmentDefinition.class).stream()
                        .filter(definition -> definition.getName().equals(spread.getName()))
                        .forEach(definition -> select(json, definition.getSelectionSet(), pruned));
            }
        }
    }
}
