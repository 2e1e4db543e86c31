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
import org.jspecify.annotations.Nullable;

/**
 * Writes model values as canonical JSON: one text for one value, so that the text can be hashed and compared byte by
 * byte. Keys stand in the order of the record's components, map keys are sorted, there is no white space, absent
 * {@link Optional} components are left out, a record of a sealed family carries its name as {@code "kind"} first, an id
 * or other record that wraps one text is that text.
 *
 * <p>Writing needs no library; reading is the JSON adapter's work.
 */
public final class CanonicalJson {
    private static final ClassValue<Form> FORMS = new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
            return form(type);
        }
    };

    /** Types whose values are written as {@link Object#toString} gives them. */
    private static final List<Class<?>> TEXTS =
            List.of(Instant.class, Duration.class, LocalDateTime.class, ZoneId.class, URI.class, CharSequence.class);

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

    /** How the values of one class are written. */
    @FunctionalInterface
    private interface Form {
        void write(CanonicalJson json, Object value);
    }

    private static Form form(Class<?> type) {
        if (type == String.class) {
            return (json, value) -> json.string((String) value);
        }
        if (type.isRecord()) {
            return wrapsText(type) ? Wrapped.of(type) : Composed.of(type);
        }
        if (Enum.class.isAssignableFrom(type)) {
            return (json, value) -> json.string(((Enum<?>) value).name());
        }
        if (type == Long.class) {
            return (json, value) -> json.out.append((long) value);
        }
        if (type == Integer.class || type == Boolean.class) {
            return (json, value) -> json.out.append(value);
        }
        if (TEXTS.stream().anyMatch(text -> text.isAssignableFrom(type))) {
            return (json, value) -> json.string(value.toString());
        }
        if (type == Optional.class) {
            return (json, value) -> json.value(((Optional<?>) value)
                    .orElseThrow(() -> new IllegalArgumentException("an empty Optional stands only in a record")));
        }
        if (Collection.class.isAssignableFrom(type)) {
            return (json, value) -> json.collection((Collection<?>) value);
        }
        if (Map.class.isAssignableFrom(type)) {
            return (json, value) -> json.map((Map<?, ?>) value);
        }
        throw new IllegalArgumentException("No canonical form for " + type.getName());
    }

    private void value(Object value) {
        FORMS.get(value.getClass()).write(this, value);
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
        return FORMS.get(key.getClass()) instanceof Wrapped wrapped ? wrapped.text(key) : key.toString();
    }

    private void collection(Collection<?> collection) {
        Collection<?> ordered = collection instanceof Set<?> set && !(set instanceof SortedSet<?>)
                ? set.stream()
                        .sorted(Comparator.comparing(CanonicalJson::write))
                        .toList()
                : collection;
        Forms forms = new Forms();
        out.append('[');
        String separator = "";
        for (Object element : ordered) {
            out.append(separator);
            separator = ",";
            forms.of(element.getClass()).write(this, element);
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

    /** A record that is written as the one text it wraps. */
    private record Wrapped(Component text) implements Form {
        static Wrapped of(Class<?> type) {
            return new Wrapped(new Component(type.getRecordComponents()[0]));
        }

        String text(Object value) {
            return (String) text.read(value);
        }

        @Override
        public void write(CanonicalJson json, Object value) {
            json.string(text(value));
        }
    }

    /**
     * Any other record: its components in their order, after its kind.
     *
     * @param kind the whole member {@code "kind"}; empty if there is none
     */
    private record Composed(String kind, List<Component> components) implements Form {
        static Composed of(Class<?> type) {
            return new Composed(
                    hasKind(type) ? "\"kind\":\"" + CanonicalJson.kind(type) + '"' : "",
                    Arrays.stream(type.getRecordComponents())
                            .map(Component::new)
                            .toList());
        }

        @Override
        public void write(CanonicalJson json, Object value) {
            json.out.append('{').append(kind);
            String separator = kind.isEmpty() ? "" : ",";
            for (Component component : components) {
                if (component.writeMember(json, value, separator)) {
                    separator = ",";
                }
            }
            json.out.append('}');
        }
    }

    /** A component of a record type. */
    private static final class Component {
        private final String key;
        private final Method accessor;
        private final Forms forms = new Forms();

        Component(RecordComponent component) {
            this.key = '"' + component.getName() + "\":";
            this.accessor = component.getAccessor();
            accessor.setAccessible(true); // records nested privately in this module are written too
        }

        /** Whether there was something to write. */
        boolean writeMember(CanonicalJson json, Object owner, String separator) {
            Object value = read(owner);
            if (value instanceof Optional<?> optional) {
                if (optional.isEmpty()) {
                    return false;
                }
                value = optional.get();
            }
            json.out.append(separator).append(key);
            forms.of(value.getClass()).write(json, value);
            return true;
        }

        Object read(Object owner) {
            try {
                return accessor.invoke(owner);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalArgumentException("Cannot read " + key + " of " + owner.getClass(), e);
            }
        }
    }

    /** Forms in a place that nearly always holds values of one class: the last one is at hand. */
    private static final class Forms {
        private @Nullable Last last; // of any thread: each of them is right

        private record Last(Class<?> type, Form form) {}

        Form of(Class<?> type) {
            Last known = last;
            if (known == null || known.type != type) {
                known = new Last(type, FORMS.get(type));
                last = known;
            }
            return known.form;
        }
    }
}
