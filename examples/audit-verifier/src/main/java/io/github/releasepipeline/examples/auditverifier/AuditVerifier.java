package io.github.releasepipeline.examples.auditverifier;

import io.github.releasepipeline.Audit;
import io.github.releasepipeline.audit.AuditReport;
import io.github.releasepipeline.error.PipelineException;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.source.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * For whoever has an export of an audit trail and a clone of the repository, and trusts neither the database nor the people who
 * run it.
 *
 * <p>Exit codes: 0 if everything is as it was written; 1 if not, with a line for each problem; 2 for something that the user
 * can put right.
 */
@Command(
        name = "audit-verifier",
        mixinStandardHelpOptions = true,
        description =
                "Checks an exported audit trail: that no record was altered, removed, moved, inserted or cut off.")
public final class AuditVerifier implements Callable<Integer> {
    private static final int PROBLEMS_FOUND = 1;

    @Parameters(paramLabel = "EXPORT", description = "What Audit.export has written.")
    private @Nullable Path export;

    @Option(
            names = "--repo",
            paramLabel = "PATH",
            description = "A clone of the repository, with its tags. What they remember of the trail has to be in it.")
    private @Nullable Path repository;

    private final PrintStream out;

    private AuditVerifier(PrintStream out) {
        this.out = out;
    }

    /** Runs the program; the process ends with its exit code, unless that is 0. */
    public static void main(String... args) {
        int exitCode = run(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Runs the program. */
    static int run(String... args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        CommandLine commandLine = new CommandLine(new AuditVerifier(out));
        commandLine.setParameterExceptionHandler((mistake, given) -> {
            err.println("error: " + mistake.getMessage());
            return CommandLine.ExitCode.USAGE;
        });
        commandLine.setExecutionExceptionHandler((fault, command, given) -> {
            err.println("error: " + fault.getMessage());
            return CommandLine.ExitCode.USAGE;
        });
        return commandLine.execute(args);
    }

    @Override
    public Integer call() throws IOException {
        AuditReport report = check();
        report.problems().forEach(out::println);
        if (report.found() > report.problems().size()) {
            out.printf("… and %d more%n", report.found() - report.problems().size());
        }
        out.printf(
                "%d records of %d subjects, %d checkpoints, %d of them looked up in tags: %s%n",
                report.records(),
                report.subjects(),
                report.checkpoints(),
                report.anchors(),
                report.intact() ? "intact" : report.found() + " problems");
        if (repository == null) {
            out.println("Tags were not looked at (--repo): whoever made all of it anew is not found.");
        }
        return report.intact() ? CommandLine.ExitCode.OK : PROBLEMS_FOUND;
    }

    private AuditReport check() throws IOException {
        Path file = export == null ? Path.of("") : export;
        if (!Files.isRegularFile(file)) {
            throw new UserMistake("'" + file + "' is no file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Audit.verify(in, repository == null ? List.of() : tags(repository));
        } catch (UncheckedIOException e) {
            throw new UserMistake("'" + file + "': " + e.getMessage());
        }
    }

    private static List<Tag> tags(Path path) {
        try (GitRepository git = GitRepository.at(path)) {
            return git.tags();
        } catch (PipelineException e) {
            throw new UserMistake(String.valueOf(e.getMessage()));
        }
    }

    private static final class UserMistake extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UserMistake(String message) {
            super(message);
        }
    }
}
