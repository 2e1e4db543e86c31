package io.github.releasepipeline.subject;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Writes model values as canonical JSON: one text for one value, so that the text can be hashed and compared byte by
 * byte. Keys stand in the order of the record's components, map keys are sorted, there is no white space, absent
 * {@link Optional} components are left out, a record of a sealed family carries its name as {@code "kind"} first, an id
 * or other record that wraps one text is that text.
 *
 * <p>Writing needs no library; reading is the JSON adapter's work.
 */
public final class CanonicalJson {
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private final StringBuilder out = new StringBuilder(256);

    private CanonicalJson() {}

    /**
     * The canonical JSON of a value.
     *
     * @param value a record, text, number, boolean, enum, {@link Instant}, {@link Duration}, {@link LocalDateTime},
     *     {@link ZoneId}, {@link URI}, collection, map with text-like keys or {@link Optional} of such values
     * @throws IllegalArgumentException for a value of any other type
     */
    public static String write(Object value) {
        CanonicalJson json = new CanonicalJson();
        json.value(value);
        return json.out.toString();
    }

    /** The name that stands in {@code "kind"} for a record of a sealed family. */
    public static String kind(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Whether records of this type carry a {@code "kind"}. */
    public static boolean hasKind(Class<?> type) {
        return Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
    }

    /** Whether a record type is written as the one text it wraps. */
    public static boolean wrapsText(Class<?> type) {
        return type.isRecord()
                && !hasKind(type)
                && type.getRecordComponents().length == 1
                && type.getRecordComponents()[0].getType() == String.class;
    }

    /** What comes most often is asked for first, and classes before interfaces: to ask for these takes longer. */
    private void value(Object value) {
        if (value instanceof String text) {
            string(text);
        } else if (value instanceof Record) {
            record(value);
        } else if (value instanceof Instant || value instanceof Duration) {
            string(value.toString());
        } else if (value instanceof Enum<?> constant) {
            string(constant.name());
        } else if (value instanceof Optional<?> optional) {
            value(optional.orElseThrow(
                    () -> new IllegalArgumentException("an empty Optional stands only in a record")));
        } else if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            out.append(value);
        } else if (value instanceof LocalDateTime || value instanceof ZoneId || value instanceof URI) {
            string(value.toString());
        } else if (value instanceof Collection<?> collection) {
            collection(collection);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof CharSequence) {
            string(value.toString());
        } else {
            throw new IllegalArgumentException(
                    "No canonical form for " + value.getClass().getName());
        }
    }

    private void record(Object value) {
        Shape shape = SHAPES.get(value.getClass());
        if (shape.wrapsText()) {
            value(shape.read(0, value));
            return;
        }
        out.append('{');
        String separator = "";
        if (shape.kind().isPresent()) {
            out.append(shape.kind().get());
            separator = ",";
        }
        for (int i = 0; i < shape.keys().size(); i++) {
            Object component = shape.read(i, value);
            if (component instanceof Optional<?> optional && optional.isEmpty()) {
                continue;
            }
            out.append(separator).append(shape.keys().get(i));
            separator = ",";
            value(component);
        }
        out.append('}');
    }

    private void map(Map<?, ?> map) {
        SortedMap<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(key(key), value));
        out.append('{');
        String separator = "";
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            out.append(separator);
            separator = ",";
            string(entry.getKey());
            out.append(':');
            value(entry.getValue());
        }
        out.append('}');
    }

    private static String key(Object key) {
        if (key instanceof Enum<?> constant) {
            return constant.name();
        }
        Shape shape = SHAPES.get(key.getClass());
        return shape.wrapsText() ? shape.read(0, key).toString() : key.toString();
    }

    private void collection(Collection<?> collection) {
        Collection<?> ordered = collection instanceof Set<?> set && !(set instanceof SortedSet<?>)
                ? set.stream()
                        .sorted(Comparator.comparing(CanonicalJson::write))
                        .toList()
                : collection;
        out.append('[');
        String separator = "";
        for (Object element : ordered) {
            out.append(separator);
            separator = ",";
            value(element);
        }
        out.append(']');
    }

    private void string(String text) {
        out.append('"');
        int plain = plainPrefix(text);
        out.append(text, 0, plain);
        for (int i = plain; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || (Character.isSurrogate(c) && !pairedSurrogate(text, i))) {
                        out.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** Up to where a text is written as it is; most are to their end. */
    private static int plainPrefix(String text) {
        int i = 0;
        while (i < text.length() && isPlain(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isPlain(char c) {
        return c >= 0x20 && c != '"' && c != '\\' && !Character.isSurrogate(c);
    }

    private static boolean pairedSurrogate(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    /**
     * How a record type is written.
     *
     * @param kind the whole member {@code "kind"}, if there is one
     * @param keys for each component its name in quotes with a colon
     */
    private record Shape(boolean wrapsText, Optional<String> kind, List<String> keys, List<Method> accessors) {
        static Shape of(Class<?> type) {
            RecordComponent[] components = type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
            return new Shape(
                    CanonicalJson.wrapsText(type),
                    CanonicalJson.hasKind(type)
                            ? Optional.of("\"kind\":\"" + CanonicalJson.kind(type) + '"')
                            : Optional.empty(),
                    Arrays.stream(components)
                            .map(component -> '"' + component.getName() + "\":")
                            .toList(),
                    Arrays.stream(components).map(Shape::accessor).toList());
        }

        private static Method accessor(RecordComponent component) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true); // records nested privately in this module are written too
            return accessor;
        }

        Object read(int index, Object value) {
            try {
                return accessors.get(index).invoke(value);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalArgumentException("Cannot read " + keys.get(index) + " of " + value.getClass(), e);
            }
        }
    }
}
