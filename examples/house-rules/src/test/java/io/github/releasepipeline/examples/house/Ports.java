package io.github.releasepipeline.examples.house;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ports: the interfaces whose Javadoc begins with "Port:"; and the parts of the store, which is one port in six. */
final class Ports {
    private static final String STORE = "io.github.releasepipeline.store";
    private static final Set<String> CALLED_BY_THE_STORE = Set.of(STORE + ".AuditVisitor");

    static final DescribedPredicate<JavaClass> ARE_PORTS = Facts.that("are ports", Ports::isPort);

    static final DescribedPredicate<JavaClass> ARE_PORTS_OR_PARTS =
            Facts.that("are ports or parts of the store", type -> isPort(type) || isPartOfStore(type));

    static final ArchCondition<JavaClass> HAVE_A_CONTRACT = Facts.should("have a contract in adapters/tck", type -> {
        String contract = "io.github.releasepipeline.tck." + type.getSimpleName() + "Contract";
        boolean extensible = Jar.TCK.classes().contain(contract)
                && Jar.TCK
                        .classes()
                        .get(contract)
                        .getModifiers()
                        .containsAll(List.of(JavaModifier.PUBLIC, JavaModifier.ABSTRACT));
        return extensible ? Stream.of() : Stream.of("There is no public abstract class " + contract);
    });

    private Ports() {}

    static ArchCondition<JavaClass> beCalledBy(Jar jar) {
        return Facts.should("be called by " + jar.folder(), type -> {
            Set<String> called = calls(jar.classes());
            return asked(type)
                    .filter(method -> Stream.concat(Stream.of(type), type.getAllSubclasses().stream())
                            .noneMatch(owner -> called.contains(call(owner.getName(), method))))
                    .map(method -> jar.folder() + " never calls " + type.getSimpleName() + "." + method.getName() + "("
                            + parameters(method) + ")");
        });
    }

    static ArchCondition<JavaClass> haveAtMostMethods(int max) {
        return Facts.should("have at most " + max + " methods", type -> {
            long methods = asked(type).count();
            return methods <= max ? Stream.of() : Stream.of(type.getName() + " has " + methods + " methods");
        });
    }

    private static boolean isPartOfStore(JavaClass type) {
        return type.isInterface()
                && type.getPackageName().equals(STORE)
                && !CALLED_BY_THE_STORE.contains(type.getName());
    }

    private static boolean isPort(JavaClass type) {
        return type.isInterface()
                && type.getEnclosingClass().isEmpty()
                && source(type).contains("\n * Port: ");
    }

    private static String source(JavaClass type) {
        String file = type.getName().replace('.', '/') + ".java";
        return Stream.of(Jar.SPI.sources(), Path.of("src/test/java"))
                .map(root -> root.resolve(file))
                .filter(Files::isRegularFile)
                .map(Ports::read)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No source of " + type.getName()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an adapter has to answer. */
    private static Stream<JavaMethod> asked(JavaClass port) {
        return port.getMethods().stream()
                .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
                .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                .sorted(Comparator.comparing(JavaMethod::getFullName));
    }

    private static Set<String> calls(JavaClasses callers) {
        return callers.stream()
                .flatMap(caller -> caller.getCodeUnitAccessesFromSelf().stream())
                .map(access -> access.getTarget().getFullName())
                .collect(Collectors.toSet());
    }

    private static String call(String owner, JavaMethod method) {
        return owner + "." + method.getName() + "(" + parameters(method) + ")";
    }

    private static String parameters(JavaMethod method) {
        return method.getRawParameterTypes().stream().map(JavaClass::getName).collect(Collectors.joining(", "));
    }
}
