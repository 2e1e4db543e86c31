package io.github.releasepipeline.examples.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The jars of the house, each with what it may name: the table in {@code docs/architecture.md} as data. */
enum Jar {
    SPI(
            "pipeline-spi",
            "io.github.releasepipeline.store",
            List.of(
                    "actor",
                    "attestation",
                    "audit",
                    "automation",
                    "changeset",
                    "difference",
                    "environment",
                    "error",
                    "figure",
                    "item",
                    "notify",
                    "policy",
                    "release",
                    "source",
                    "store",
                    "subject",
                    "target",
                    "version",
                    "work"),
            List.of()),
    CORE("pipeline-core", "io.github.releasepipeline", List.of("", "metrics", "core.."), List.of("org.slf4j.."), SPI),
    TCK(
            "adapters/tck",
            "io.github.releasepipeline.tck",
            List.of("tck.."),
            List.of("org.junit.jupiter.api..", "org.assertj.core..", "net.jqwik.api.."),
            SPI),
    MEMORY("adapters/memory", "io.github.releasepipeline.memory", List.of("memory.."), List.of(), SPI),
    JSON("adapters/json", "io.github.releasepipeline.json", List.of("json.."), List.of("com.fasterxml.jackson.."), SPI),
    HTTP(
            "adapters/http",
            "io.github.releasepipeline.http",
            List.of("http.."),
            List.of(
                    "javax.crypto..",
                    "javax.net.ssl..",
                    "com.fasterxml.jackson..",
                    "com.github.mizosoft.methanol..",
                    "jakarta.servlet..",
                    "org.slf4j.."),
            SPI),
    GITHUB(
            "adapters/github",
            "io.github.releasepipeline.github",
            List.of("github.."),
            List.of("com.fasterxml.jackson..", "org.slf4j.."),
            SPI,
            HTTP),
    GITEA(
            "adapters/gitea",
            "io.github.releasepipeline.gitea",
            List.of("gitea.."),
            List.of("com.fasterxml.jackson.."),
            SPI,
            HTTP),
    JGIT("adapters/jgit", "io.github.releasepipeline.jgit", List.of("jgit.."), List.of("org.eclipse.jgit.."), SPI),
    JDBC(
            "adapters/jdbc",
            "io.github.releasepipeline.jdbc",
            List.of("jdbc.."),
            List.of("javax.sql..", "org.jdbi.v3..", "com.zaxxer.hikari..", "org.sqlite.."),
            SPI,
            JSON),
    GATES(
            "adapters/gates",
            "io.github.releasepipeline.gates",
            List.of("gates.."),
            List.of("com.fasterxml.jackson..", "com.networknt.schema.."),
            SPI,
            HTTP,
            JSON),
    DB_SCHEDULER(
            "adapters/db-scheduler",
            "io.github.releasepipeline.dbscheduler",
            List.of("dbscheduler.."),
            List.of("javax.sql..", "com.github.kagkarlsson.scheduler..", "org.slf4j.."),
            SPI),
    WEBHOOK(
            "adapters/webhook",
            "io.github.releasepipeline.webhook",
            List.of("webhook.."),
            List.of("com.fasterxml.jackson..", "javax.crypto.."),
            SPI,
            HTTP),
    EMAIL(
            "adapters/email",
            "io.github.releasepipeline.email",
            List.of("email.."),
            List.of(
                    "jakarta.mail..",
                    "javax.net.ssl..",
                    "org.commonmark..",
                    "org.eclipse.angus.mail..",
                    "org.owasp.html..",
                    "org.slf4j.."),
            SPI),
    SLACK(
            "adapters/slack",
            "io.github.releasepipeline.slack",
            List.of("slack.."),
            List.of("com.fasterxml.jackson..", "org.slf4j.."),
            SPI,
            HTTP),
    JAKARTA_INJECT(
            "adapters/jakarta-inject",
            "io.github.releasepipeline.jakarta.inject",
            List.of("jakarta.inject.."),
            List.of("jakarta.inject.."),
            SPI,
            CORE),
    BENCHMARKS(
            "examples/benchmarks",
            "io.github.releasepipeline.examples.benchmarks",
            List.of("examples.benchmarks.."),
            List.of(
                    "org.kohsuke.github..",
                    "org.flowable..",
                    "org.apache.ibatis.session..",
                    "dev.dbos.transact..",
                    "com.zaxxer.hikari..",
                    "javax.sql..",
                    "io.zonky.test.db.postgres.embedded.."),
            SPI,
            CORE,
            HTTP,
            GITHUB,
            MEMORY,
            JDBC),
    QUICKSTART(
            "examples/quickstart",
            "io.github.releasepipeline.examples.quickstart",
            List.of("examples.quickstart.."),
            List.of("picocli..", "com.fasterxml.jackson..", "org.eclipse.jgit..", "org.semver4j..", "org.slf4j.."),
            SPI,
            CORE,
            JSON,
            GATES,
            JGIT,
            JDBC),
    FORGE_TABLE(
            "examples/forge-table",
            "io.github.releasepipeline.examples.forgetable",
            List.of("examples.forgetable.."),
            List.of("picocli..", "com.fasterxml.jackson.."),
            SPI,
            GITHUB,
            GITEA),
    CRASH_TEST(
            "examples/crash-test",
            "io.github.releasepipeline.examples.crashtest",
            List.of("examples.crashtest.."),
            List.of(
                    "javax.sql..",
                    "com.zaxxer.hikari..",
                    "io.zonky.test.db.postgres.embedded..",
                    "org.eclipse.jgit..",
                    "picocli.."),
            SPI,
            CORE,
            JGIT,
            JDBC,
            DB_SCHEDULER),
    AUDIT_VERIFIER(
            "examples/audit-verifier",
            "io.github.releasepipeline.examples.auditverifier",
            List.of("examples.auditverifier.."),
            List.of("picocli.."),
            SPI,
            CORE,
            JGIT);

    /** What every jar may name. */
    static final List<String> EVERYWHERE = List.of("java..", "org.jspecify..");

    private static final String ROOT = "io.github.releasepipeline";
    private static final Map<Jar, JavaClasses> IMPORTED = new ConcurrentHashMap<>();

    private final String folder;
    private final String anchor;
    private final List<String> packages;
    private final List<String> libraries;
    private final List<Jar> jars;

    Jar(String folder, String anchor, List<String> packages, List<String> libraries, Jar... jars) {
        this.folder = folder;
        this.anchor = anchor;
        this.packages = packages.stream()
                .map(name -> name.isEmpty() ? ROOT : ROOT + "." + name)
                .toList();
        this.libraries = libraries;
        this.jars = List.of(jars);
    }

    /** Its folder below the root of the project. */
    String folder() {
        return folder;
    }

    /** What this jar's classes may name, as ArchUnit's package patterns. */
    List<String> mayName() {
        return Stream.of(
                        EVERYWHERE.stream(),
                        packages.stream(),
                        libraries.stream(),
                        jars.stream().flatMap(jar -> jar.api().stream()))
                .flatMap(names -> names)
                .toList();
    }

    /** The packages that others may name: for core, what its module exports. */
    List<String> api() {
        return this == CORE ? List.of(ROOT, ROOT + ".metrics") : packages;
    }

    /** Its main sources. */
    Path sources() {
        return Path.of("..", "..").resolve(folder).resolve("src/main/java");
    }

    /** The jar file or folder it was loaded from. */
    Path location() {
        return locationOf(anchor + ".package-info");
    }

    /** The jar file or folder that a class was loaded from. */
    static Path locationOf(String type) {
        try {
            return Path.of(Class.forName(type)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(type + " is not on the class path", e);
        }
    }

    /** All its classes; each jar is imported once. */
    JavaClasses classes() {
        return IMPORTED.computeIfAbsent(this, jar -> imported(jar.location()));
    }

    private static JavaClasses imported(Path location) {
        ClassFileImporter importer = new ClassFileImporter();
        if (Files.isDirectory(location)) {
            return importer.importPath(location);
        }
        try (JarFile jar = new JarFile(location.toFile())) {
            return importer.importJar(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The modules that the project builds, as its pom lists them. */
    static List<String> foldersOfPom() {
        try {
            return Files.readAllLines(Path.of("..", "..", "pom.xml")).stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith("<module>"))
                    .map(line -> line.replaceAll("</?module>", ""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
