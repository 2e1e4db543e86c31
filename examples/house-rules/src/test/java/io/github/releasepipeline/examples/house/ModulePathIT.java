package io.github.releasepipeline.examples.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host on the module path, in a process of its own. Test runners open every package to the tests, so only a real {@code
 * java -p … -m} shows what the module descriptors forbid.
 */
class ModulePathIT {
    private static final Path SOURCES = Path.of("src/test/modular/host");
    private static final List<String> NEEDED = List.of(
            "org.slf4j.Logger",
            "org.eclipse.jgit.lib.Repository",
            "com.googlecode.javaewah.EWAHCompressedBitmap",
            "org.apache.commons.codec.binary.Base64");

    @TempDir
    Path folder;

    @BeforeEach
    void only_jars_have_a_module_name() {
        assumeTrue(Files.isRegularFile(Jar.MEMORY.location()), "Modules are jars: run ./mvnw verify, not test");
    }

    @Test
    void a_release_runs_on_the_module_path() throws IOException {
        // given
        GitFolder repository = GitFolder.create(folder.resolve("repository"));
        repository.commit("Begin", "README", "Workflows.");
        repository.commit("Add the invoice workflow (#1)", "workflows/invoice.json", "{}");
        Path host = folder.resolve("host");
        assertThat(compile(host, SOURCES.resolve("module-info.java"), SOURCES.resolve("Host.java")))
                .isEqualTo(new Finished(0, ""));

        // when
        Finished ended = Finished.of(List.of(
                java("java"),
                "-p",
                modulePath() + File.pathSeparator + host,
                "-m",
                "host/host.Host",
                repository.path().toString()));

        // then
        assertThat(ended.output()).contains("v0.1.0 SUCCEEDED in module io.github.releasepipeline.core");
        assertThat(ended.code()).isZero();
    }

    @Test
    void a_host_cannot_name_the_insides_of_core() throws IOException {
        // given
        Path nosy = Files.createDirectories(folder.resolve("nosy")).resolve("Nosy.java");
        Files.writeString(nosy, "package host; class Nosy { io.github.releasepipeline.core.engine.Engine engine; }");

        // when
        Finished ended = compile(folder.resolve("classes"), SOURCES.resolve("module-info.java"), nosy);

        // then
        assertThat(ended.code()).isNotZero();
        assertThat(ended.output()).contains("package io.github.releasepipeline.core.engine is not visible");
    }

    /** JSpecify is there to compile and not to run: the descriptors require it statically. */
    private static Finished compile(Path to, Path... sources) throws IOException {
        List<String> command = new ArrayList<>(List.of(java("javac"), "-d", to.toString()));
        command.addAll(List.of("-p", modulePath() + File.pathSeparator + jar("org.jspecify.annotations.NullMarked")));
        Stream.of(sources).map(Path::toString).forEach(command::add);
        return Finished.of(command);
    }

    private static String modulePath() {
        return Stream.concat(
                        Stream.of(Jar.SPI, Jar.CORE, Jar.MEMORY, Jar.JGIT).map(Jar::location),
                        NEEDED.stream().map(ModulePathIT::jar))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path jar(String type) {
        return Jar.locationOf(type);
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }
}
