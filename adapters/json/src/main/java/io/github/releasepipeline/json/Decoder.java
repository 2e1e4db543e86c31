package io.github.releasepipeline.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.releasepipeline.subject.CanonicalJson;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of the model's types out of parsed JSON: the mirror of {@link CanonicalJson}. {@code path} says where in the
 * text a value stands, for errors.
 */
final class Decoder {
    private Decoder() {}

    static Object decode(Type type, @Nullable JsonNode node, String path) {
        return type instanceof ParameterizedType generic
                ? container((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), node, path)
                : single((Class<?>) type, node, path);
    }

    private static Object container(Class<?> type, Type[] arguments, @Nullable JsonNode node, String path) {
        boolean absent = node == null || node.isNull();
        if (type == Optional.class) {
            return absent ? Optional.empty() : Optional.of(decode(arguments[0], node, path));
        }
        if (type == List.class) {
            return absent ? List.of() : List.copyOf(elements(arguments[0], node, path));
        }
        if (type == Set.class) {
            return absent ? Set.of() : Set.copyOf(new LinkedHashSet<>(elements(arguments[0], node, path)));
        }
        if (type == SortedMap.class) {
            return absent ? new TreeMap<>() : new TreeMap<>(entries(arguments, node, path));
        }
        if (type == Map.class) {
            return absent ? Map.of() : Map.copyOf(entries(arguments, node, path));
        }
        throw new IllegalArgumentException("No canonical form for " + type.getName() + " at " + path);
    }

    private static List<Object> elements(Type type, @Nullable JsonNode node, String path) {
        if (node == null || !node.isArray()) {
            throw Json.unreadable(path, "an array was expected, not " + Json.describe(node), null);
        }
        List<Object> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(decode(type, node.get(i), path + "[" + i + "]"));
        }
        return elements;
    }

    private static Map<Object, Object> entries(Type[] types, @Nullable JsonNode node, String path) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object(node, path).properties()) {
            String place = path + "." + field.getKey();
            Object key = single((Class<?>) types[0], TextNode.valueOf(field.getKey()), place);
            entries.put(key, decode(types[1], field.getValue(), place));
        }
        return entries;
    }

    private static Object single(Class<?> type, @Nullable JsonNode node, String path) {
        if (type == String.class) {
            return text(node, path);
        }
        if (type == long.class || type == Long.class) {
            return integer(node, Long.MIN_VALUE, Long.MAX_VALUE, path);
        }
        if (type == int.class || type == Integer.class) {
            return (int) integer(node, Integer.MIN_VALUE, Integer.MAX_VALUE, path);
        }
        if (type == boolean.class || type == Boolean.class) {
            return truth(node, path);
        }
        if (type == Instant.class) {
            return parsed(node, path, Instant::parse);
        }
        if (type == Duration.class) {
            return parsed(node, path, Duration::parse);
        }
        if (type == LocalDateTime.class) {
            return parsed(node, path, LocalDateTime::parse);
        }
        if (type == ZoneId.class) {
            return parsed(node, path, ZoneId::of);
        }
        if (type == URI.class) {
            return parsed(node, path, URI::create);
        }
        if (type.isEnum()) {
            return constant(type, node, path);
        }
        if (type.isSealed()) {
            return member(type, node, path);
        }
        if (type.isRecord()) {
            return record(type, node, path);
        }
        throw new IllegalArgumentException("No canonical form for " + type.getName() + " at " + path);
    }

    private static String text(@Nullable JsonNode node, String path) {
        if (node == null || !node.isTextual()) {
            throw Json.unreadable(path, "a text was expected, not " + Json.describe(node), null);
        }
        return node.textValue();
    }

    private static long integer(@Nullable JsonNode node, long least, long most, String path) {
        if (node == null || !node.isIntegralNumber() || !node.canConvertToLong()) {
            throw Json.unreadable(path, "a whole number was expected, not " + Json.describe(node), null);
        }
        long value = node.longValue();
        if (value < least || value > most) {
            throw Json.unreadable(path, value + " is too large a number", null);
        }
        return value;
    }

    private static boolean truth(@Nullable JsonNode node, String path) {
        if (node == null || !node.isBoolean()) {
            throw Json.unreadable(path, "true or false was expected, not " + Json.describe(node), null);
        }
        return node.booleanValue();
    }

    private static Object parsed(@Nullable JsonNode node, String path, Function<String, Object> parser) {
        String text = text(node, path);
        try {
            return parser.apply(text);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Json.unreadable(path, String.valueOf(e.getMessage()), e);
        }
    }

    private static Object constant(Class<?> type, @Nullable JsonNode node, String path) {
        String name = text(node, path);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(() -> Json.unreadable(
                        path,
                        "one of " + Arrays.toString(type.getEnumConstants()) + " was expected, not another word",
                        null));
    }

    private static Object member(Class<?> family, @Nullable JsonNode node, String path) {
        Map<String, Class<?>> byKind = SealedFamily.of(family).byKind();
        Class<?> type = byKind.get(text(object(node, path).get("kind"), path + ".kind"));
        if (type == null) {
            throw Json.unreadable(
                    path + ".kind", "one of " + byKind.keySet() + " was expected, not another word", null);
        }
        return record(type, node, path);
    }

    private static Object record(Class<?> type, @Nullable JsonNode node, String path) {
        RecordShape shape = RecordShape.of(type);
        if (shape.wrapsText()) {
            return shape.create(new Object[] {text(node, path)}, path);
        }
        JsonNode object = object(node, path);
        if (shape.hasKind() && !CanonicalJson.kind(type).equals(text(object.get("kind"), path + ".kind"))) {
            throw Json.unreadable(path + ".kind", CanonicalJson.kind(type) + " was expected, not another word", null);
        }
        Object[] components = new Object[shape.names().size()];
        for (int i = 0; i < components.length; i++) {
            String name = shape.names().get(i);
            components[i] = decode(shape.types().get(i), object.get(name), path + "." + name);
        }
        return shape.create(components, path);
    }

    private static JsonNode object(@Nullable JsonNode node, String path) {
        if (node == null || !node.isObject()) {
            throw Json.unreadable(path, "an object was expected, not " + Json.describe(node), null);
        }
        return node;
    }
}
