package io.github.releasepipeline.json;

import io.github.releasepipeline.subject.CanonicalJson;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/**
 * How a record type is read: its components in order and its canonical constructor.
 *
 * @param wrapsText whether it is written as the one text it wraps
 * @param hasKind whether it is one of a sealed family
 * @param names of its components
 * @param types of its components
 * @param constructor canonical
 */
record RecordShape(
        boolean wrapsText, boolean hasKind, List<String> names, List<Type> types, Constructor<?> constructor) {
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return shape(type);
        }
    };

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static RecordShape shape(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] raw = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return new RecordShape(
                    CanonicalJson.wrapsText(type),
                    CanonicalJson.hasKind(type),
                    Arrays.stream(components).map(RecordComponent::getName).toList(),
                    Arrays.stream(components)
                            .map(RecordComponent::getGenericType)
                            .toList(),
                    type.getDeclaredConstructor(raw));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Every record has a canonical constructor: " + type, e);
        }
    }

    /** Makes the record; a refusal by its constructor becomes an error that names the path. */
    Object create(Object[] components, String path) {
        try {
            return constructor.newInstance(components);
        } catch (InvocationTargetException e) {
            Throwable refusal = e.getTargetException();
            if (refusal instanceof Error error) {
                throw error;
            }
            throw Json.unreadable(path, String.valueOf(refusal.getMessage()), refusal);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The canonical constructor of " + path + " cannot be called", e);
        }
    }
}
