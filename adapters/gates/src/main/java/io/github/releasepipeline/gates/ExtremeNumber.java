package io.github.releasepipeline.gates;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.subject.Text;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * A number that nobody should calculate with: it is beyond every {@code double}, or has very many places after the point. A few
 * characters can say {@code 1e100000000}, and to divide that takes for ever.
 */
final class ExtremeNumber {
    private static final int MOST_PLACES = 1_000;
    private static final int LONGEST_PLACE = 200;
    private static final int LONGEST_NUMBER = 40;

    /** The path of the number that was found. Kept as names: a walk meets many places below one long name. */
    private final Deque<String> names = new ArrayDeque<>();

    private ExtremeNumber() {}

    /** The first such number in a value as a problem with its place. */
    static Optional<String> in(JsonNode root) {
        ExtremeNumber search = new ExtremeNumber();
        return search.first(root)
                .map(number -> search.place() + ": " + Text.shown(number.asText(), LONGEST_NUMBER) + " is too "
                        + (isSmall(number) ? "small" : "large") + " a number");
    }

    /** The reader's limit of depth bounds the recursion. */
    private Optional<JsonNode> first(JsonNode node) {
        if (node.isNumber()) {
            return Optional.of(node).filter(number -> isSmall(number) || isLarge(number));
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            Optional<JsonNode> found = first(member.getValue());
            if (found.isPresent()) {
                names.addFirst(member.getKey().replace("~", "~0").replace("/", "~1"));
                return found;
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            Optional<JsonNode> found = first(node.get(i));
            if (found.isPresent()) {
                names.addFirst(String.valueOf(i));
                return found;
            }
        }
        return Optional.empty();
    }

    private String place() {
        return names.isEmpty() ? "the whole" : Text.shown("/" + String.join("/", names), LONGEST_PLACE);
    }

    private static boolean isSmall(JsonNode number) {
        return number.decimalValue().scale() > MOST_PLACES;
    }

    private static boolean isLarge(JsonNode number) {
        return Double.isInfinite(number.doubleValue());
    }
}
