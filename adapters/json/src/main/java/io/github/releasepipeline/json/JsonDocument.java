package io.github.releasepipeline.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.difference.StructureComparer.State;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.subject.Text;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * One state of an item as far as it could be read.
 *
 * @param root its value; absent if there is no such state
 * @param problem why it could not be read
 */
record JsonDocument(Optional<JsonNode> root, Optional<String> problem) {
    static JsonDocument read(Optional<State> state, int limit) {
        return state.map(there -> read(there, limit))
                .orElseGet(() -> new JsonDocument(Optional.empty(), Optional.empty()));
    }

    private static JsonDocument read(State state, int limit) {
        if (state.bytes() > limit) {
            return problem(
                    state,
                    "is too large to compare: " + StrictJson.size(state.bytes()) + ", limit " + StrictJson.size(limit));
        }
        try (InputStream in = state.open()) {
            StrictJson json = StrictJson.read(in, limit);
            return json instanceof StrictJson.Value value
                    ? new JsonDocument(Optional.of(value.root()), Optional.empty())
                    : problem(state, "is not JSON: " + ((StrictJson.Problem) json).why());
        } catch (IOException e) {
            throw AdapterException.passing("Reading '" + state.path() + "' failed: " + e.getMessage(), e);
        }
    }

    private static JsonDocument problem(State state, String what) {
        return new JsonDocument(Optional.empty(), Optional.of("'" + Text.shown(state.path(), 200) + "' " + what));
    }
}
