package io.github.releasepipeline.json;

import io.github.releasepipeline.subject.CanonicalJson;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The records of a sealed family by their names.
 *
 * @param byKind the name that stands in {@code "kind"}, to the record type
 */
record SealedFamily(Map<String, Class<?>> byKind) {
    private static final ClassValue<SealedFamily> FAMILIES = new ClassValue<>() {
        @Override
        protected SealedFamily computeValue(Class<?> type) {
            Map<String, Class<?>> byKind = new TreeMap<>();
            members(type).forEach(member -> byKind.put(CanonicalJson.kind(member), member));
            return new SealedFamily(byKind);
        }
    };

    static SealedFamily of(Class<?> type) {
        return FAMILIES.get(type);
    }

    private static Stream<Class<?>> members(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SealedFamily::members)
                : Stream.of(type);
    }
}
