package io.github.releasepipeline.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** The members of an object of which only some names are allowed, each once. */
final class Fields {
    private final Located object;
    private final String path;
    private final Problems problems;
    private final Map<String, Located> values = new LinkedHashMap<>();

    private Fields(Located object, String path, Problems problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
    }

    static Fields of(Located object, String path, List<String> allowed, Problems problems) {
        Fields fields = new Fields(object, path, problems);
        if (object.is(Located.Sort.OBJECT, path, problems)) {
            object.members().forEach(member -> fields.take(member, allowed));
        }
        return fields;
    }

    private void take(Located.Member member, List<String> allowed) {
        if (!allowed.contains(member.name())) {
            problems.add(
                    member.place(),
                    path,
                    "unknown key '" + Problems.shown(member.name()) + "'; allowed are " + String.join(", ", allowed));
        } else if (values.putIfAbsent(member.name(), member.value()) != null) {
            problems.add(member.place(), path, "key '" + member.name() + "' stands there twice; once is allowed");
        }
    }

    /** A text of which something is made. */
    <T> Optional<T> made(String name, Function<String, T> maker) {
        String place = path(name);
        return optional(name)
                .flatMap(at -> at.text(place, problems)
                        .flatMap(text -> problems.made(at.place(), place, () -> maker.apply(text))));
    }

    /** A whole number of which something is made. */
    <T> Optional<T> whole(String name, IntFunction<T> maker) {
        String place = path(name);
        return optional(name)
                .filter(at -> at.is(Located.Sort.NUMBER, place, problems))
                .flatMap(at -> problems.made(at.place(), place, () -> maker.apply(whole(at.text()))));
    }

    private static int whole(String number) {
        if (!number.matches("-?[0-9]{1,6}")) {
            throw new IllegalArgumentException("a whole number was expected, not " + Problems.shown(number));
        }
        return Integer.parseInt(number);
    }

    /** A text that is one of an enumeration's names in lower case. */
    <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
        return made(name, text -> named(type, text));
    }

    static <E extends Enum<E>> E named(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "one of " + words(type) + " was expected, not '" + Problems.shown(text) + "'"));
    }

    private static String words(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Fields::word).collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The elements of a list, each with its path. */
    <T> List<T> each(String name, BiFunction<Located, String, Optional<T>> reader) {
        String place = path(name);
        List<Located> elements =
                optional(name).map(at -> at.elements(place, problems)).orElse(List.of());
        List<T> values = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            reader.apply(elements.get(i), place + "[" + i + "]").ifPresent(values::add);
        }
        return values;
    }

    /** Where a value stands, for problems. */
    String path(String name) {
        return path + "." + name;
    }

    Optional<Located> optional(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** What has to be there; nothing more is said of what is no object at all. */
    Optional<Located> required(String name) {
        if (object.sort() == Located.Sort.OBJECT && !values.containsKey(name)) {
            problems.add(object.place(), path, "key '" + name + "' is missing");
        }
        return optional(name);
    }
}
