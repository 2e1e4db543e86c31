package io.github.releasepipeline.examples.house;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** What decides, and what it may decide from. */
final class Decisions {
    private static final String DECIDING =
            ".*Rules?|Plans|Quorum|ReleaseActions|Numbers|NetChanges|ChangeSetActions|Attribution|ReleaseNotes|StowawayReport";

    /** Packages of values; of the packages of spi, those that hold no port are all values. */
    private static final List<String> VALUES = Stream.concat(
                    Stream.of(
                            "java.lang",
                            "java.util",
                            "java.util.function",
                            "java.util.regex",
                            "java.util.stream",
                            "java.math",
                            "java.time",
                            "java.time.temporal",
                            "org.jspecify.annotations"),
                    Stream.of(
                                    "actor",
                                    "audit",
                                    "automation",
                                    "changeset",
                                    "environment",
                                    "error",
                                    "item",
                                    "policy",
                                    "release",
                                    "source",
                                    "subject",
                                    "version",
                                    "core.machine")
                            .map(name -> "io.github.releasepipeline." + name))
            .toList();

    /** Values in packages that hold ports, with everything nested in them. */
    private static final Set<String> VALUES_BESIDE_PORTS = Set.of("io.github.releasepipeline.target.StepOutcome");

    private static final Set<String> NO_VALUES = Set.of(
            System.class.getName(),
            Thread.class.getName(),
            Runtime.class.getName(),
            ThreadLocal.class.getName(),
            Process.class.getName(),
            Clock.class.getName(),
            Random.class.getName(),
            UUID.class.getName(),
            "java.util.Timer",
            "java.util.ServiceLoader",
            "io.github.releasepipeline.actor.AccessPolicy",
            "io.github.releasepipeline.source.CheckRunner",
            "io.github.releasepipeline.source.CommitChecks",
            "io.github.releasepipeline.source.FileComparer",
            "io.github.releasepipeline.source.ItemRepository",
            "io.github.releasepipeline.source.SourceControl");

    /** Classes that decide. */
    static final DescribedPredicate<JavaClass> DECIDE =
            Facts.that("decide", type -> type.getSimpleName().matches(DECIDING));

    /** Classes that decide or fold, with everything nested in them. */
    static final DescribedPredicate<JavaClass> DECIDE_OR_FOLD = Facts.that("decide or fold", Decisions::isPure);

    static final ArchCondition<JavaClass> HAVE_NO_STATE = Facts.should(
            "have no state",
            type -> Stream.of(
                            type.getConstructors().stream()
                                    .filter(constructor -> !isPrivate(constructor))
                                    .map(constructor -> type.getName() + " can be instantiated"),
                            type.getMethods().stream()
                                    .filter(method -> !isStatic(method) && !isPrivate(method))
                                    .map(method -> "method " + method.getName() + "() of " + type.getName()
                                            + " is not static"),
                            type.getFields().stream()
                                    .filter(field -> isStatic(field)
                                            && !field.getModifiers().contains(JavaModifier.FINAL))
                                    .map(field -> "static field " + field.getName() + " of " + type.getName()
                                            + " can change"))
                    .flatMap(found -> found));

    static final ArchCondition<JavaClass> NAME_ONLY_VALUES = Facts.should(
            "name only values",
            type -> type.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> !isValue(dependency.getTargetClass()))
                    .map(dependency -> dependency.getDescription()));

    private Decisions() {}

    private static boolean isValue(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        return isPure(element)
                || isBesidePorts(element)
                || Facts.liesIn(VALUES, element) && !NO_VALUES.contains(element.getName());
    }

    private static boolean isBesidePorts(JavaClass type) {
        String outermost = type.getName().replaceFirst("\\$.*", "");
        return VALUES_BESIDE_PORTS.contains(outermost);
    }

    private static boolean isPure(JavaClass type) {
        boolean named = type.getSimpleName().matches(DECIDING + "|.*Machine|.*Draft|Proposal");
        return named || type.getEnclosingClass().map(Decisions::isPure).orElse(false);
    }

    private static boolean isStatic(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.STATIC);
    }

    private static boolean isPrivate(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PRIVATE);
    }
}
