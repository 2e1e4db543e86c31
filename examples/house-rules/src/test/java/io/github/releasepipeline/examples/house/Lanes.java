package io.github.releasepipeline.examples.house;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Who may name whom. */
final class Lanes {
    /** Each package for itself: a package above another is no part of it. */
    static final SliceAssignment PACKAGE_BY_PACKAGE = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "each package";
        }
    };

    /** What somebody outside the jar can name: public, in public, and not in core's own packages. */
    static final DescribedPredicate<JavaClass> PUBLISHED = Facts.that(
            "are published", type -> isOpen(type) && !type.getPackageName().contains(".core."));

    static final ArchCondition<JavaClass> LIVE_IN_NULL_MARKED_PACKAGES = Facts.should(
            "live in null-marked packages",
            type -> type.getPackage().isAnnotatedWith(NullMarked.class)
                    ? Stream.of()
                    : Stream.of(type.getName() + " lives in a package that is not null-marked"));

    private Lanes() {}

    static ArchCondition<JavaClass> nameOnly(List<String> packages) {
        return Facts.should(
                "name only " + packages,
                type -> type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> !Facts.liesIn(packages, dependency.getTargetClass()))
                        .filter(dependency ->
                                !Facts.outermost(dependency.getTargetClass()).equals(Facts.outermost(type)))
                        .map(dependency -> dependency.getDescription()));
    }

    static ArchCondition<JavaClass> showOnly(List<String> packages) {
        return Facts.should(
                "show only " + packages,
                type -> Stream.of(supertypes(type), fields(type), codeUnits(type))
                        .flatMap(shown -> shown)
                        .filter(shown -> !Facts.liesIn(packages, shown.type()))
                        .map(shown -> type.getName() + " shows a " + shown.as() + " <"
                                + shown.type().getName() + ">"));
    }

    private static Stream<Shown> supertypes(JavaClass type) {
        return Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                .flatMap(above -> shown("supertype", above));
    }

    private static Stream<Shown> fields(JavaClass type) {
        return type.getFields().stream()
                .filter(field -> isOpen(field.getModifiers()))
                .map(JavaField::getType)
                .flatMap(field -> shown("field", field));
    }

    private static Stream<Shown> codeUnits(JavaClass type) {
        return type.getCodeUnits().stream()
                .filter(unit -> isOpen(unit.getModifiers()))
                .flatMap(Lanes::codeUnit);
    }

    private static Stream<Shown> codeUnit(JavaCodeUnit unit) {
        return Stream.of(
                        shown("result", unit.getReturnType()),
                        unit.getParameterTypes().stream().flatMap(type -> shown("parameter", type)),
                        unit.getExceptionTypes().stream().flatMap(type -> shown("exception", type)),
                        unit.getTypeParameters().stream().flatMap(type -> shown("type parameter", type)))
                .flatMap(shown -> shown);
    }

    private static Stream<Shown> shown(String as, JavaType type) {
        return type.getAllInvolvedRawTypes().stream().map(raw -> new Shown(as, raw));
    }

    private static boolean isOpen(JavaClass type) {
        return isOpen(type.getModifiers())
                && type.getEnclosingClass().map(Lanes::isOpen).orElse(true);
    }

    private static boolean isOpen(Set<JavaModifier> modifiers) {
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    /** A type that a class shows to those who use it. */
    private record Shown(String as, JavaClass type) {}
}
