package io.github.releasepipeline.examples.house;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Short ways to write predicates and conditions. */
final class Facts {
    private Facts() {}

    static DescribedPredicate<JavaClass> that(String words, Predicate<JavaClass> test) {
        return DescribedPredicate.describe(words, test);
    }

    /** A condition that a class meets if nothing is found against it. */
    static ArchCondition<JavaClass> should(String words, Function<JavaClass, Stream<String>> findings) {
        return new ArchCondition<>(words) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                findings.apply(type)
                        .distinct()
                        .forEach(found -> events.add(
                                SimpleConditionEvent.violated(type, found + " in " + type.getSourceCodeLocation())));
            }
        };
    }

    /** Neither these classes nor what is nested in them. */
    static DescribedPredicate<JavaClass> notNamed(Set<String> names) {
        return that(
                "are not among " + names,
                type -> !names.contains(outermost(type).getName()));
    }

    /** Whether a class, its element type if it is an array, lies in one of these packages or is a primitive. */
    static boolean liesIn(List<String> packages, JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        return element.isPrimitive()
                || JavaClass.Predicates.resideInAnyPackage(packages.toArray(String[]::new))
                        .test(element);
    }

    static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(Facts::outermost).orElse(type);
    }
}
