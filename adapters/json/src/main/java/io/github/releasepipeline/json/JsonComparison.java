package io.github.releasepipeline.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;

/** Walks two values side by side. The parser's limit of depth bounds the recursion. */
final class JsonComparison {
    private final ValueChanges changes;

    JsonComparison(ValueChanges changes) {
        this.changes = changes;
    }

    void compare(Place was, Place is, JsonNode before, JsonNode after) {
        if (before.isObject() && after.isObject()) {
            objects(was, is, before, after);
        } else if (before.isArray() && after.isArray()) {
            arrays(was, is, before, after);
        } else if (!same(before, after)) {
            changes.changed(is, before, after);
        }
    }

    private void objects(Place was, Place is, JsonNode before, JsonNode after) {
        for (Map.Entry<String, JsonNode> member : before.properties()) {
            if (!after.has(member.getKey())) {
                changes.removed(was.member(member.getKey(), member.getValue().isContainerNode()), member.getValue());
            }
        }
        for (Map.Entry<String, JsonNode> member : after.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            JsonNode old = before.get(name);
            if (old == null) {
                changes.added(is.member(name, value.isContainerNode()), value);
            } else {
                compare(was.member(name, old.isContainerNode()), is.member(name, value.isContainerNode()), old, value);
            }
        }
    }

    private void arrays(Place was, Place is, JsonNode before, JsonNode after) {
        Alignment alignment = Alignment.of(before, after);
        alignment.removed().forEach(i -> changes.removed(alignment.place(was, before, i), before.get(i)));
        for (Alignment.Pair pair : alignment.pairs()) {
            Place newer = alignment.place(is, after, pair.after());
            if (pair.before() < 0) {
                changes.added(newer, after.get(pair.after()));
            } else {
                Place older = alignment.place(was, before, pair.before());
                compare(older, newer, before.get(pair.before()), after.get(pair.after()));
            }
        }
        if (alignment.reordered()) {
            changes.changed(
                    new Place(is.pointer(), "order of " + is.label(), "", ""),
                    names(alignment.namesBefore()),
                    names(alignment.namesAfter()));
        }
    }

    private static ArrayNode names(List<String> names) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        names.forEach(array::add);
        return array;
    }

    static boolean same(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.isArray() && other.isArray()) {
            if (one.size() != other.size()) {
                return false;
            }
            for (int i = 0; i < one.size(); i++) {
                if (!same(one.get(i), other.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (one.isObject() && other.isObject()) {
            return one.size() == other.size()
                    && one.properties().stream().allMatch(member -> {
                        JsonNode value = other.get(member.getKey());
                        return value != null && same(member.getValue(), value);
                    });
        }
        return one.equals(other);
    }
}
