package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.item.ItemKind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tells the story of a release on a Git repository of its own, or reads any Git repository.
 *
 * <p>Exit codes: 0; 1 for an unexpected fault; 2 for something that the user can put right. Errors are one line.
 */
@Command(
        name = "quickstart",
        version = "release-pipeline quickstart 0.1.0",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Takes changes from pull requests to production and back, with nothing but a Git repository and an"
                        + " embedded database; or reads what a Git repository of yours tells.")
public final class Quickstart implements Callable<Integer> {
    private static final int DEFAULT_ROWS = 20;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep repository and databases here; the next run goes on from there."
                    + " Without it: a new temporary folder.")
    private @Nullable Path data;

    @Option(
            names = "--repo",
            paramLabel = "PATH",
            description = "Only read this Git repository: pull requests, the next version, versions, figures.")
    private @Nullable Path repository;

    @Option(
            names = "--items",
            paramLabel = "KIND=GLOB",
            arity = "1..*",
            description = "With --repo: what counts as an item, for example workflow=workflows/**/*.json."
                    + " Default: file=**")
    private List<String> items = List.of();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "With --repo: rows of each table, 1 to 500. Default: 20.")
    private @Nullable Integer limit;

    @Option(names = "--json", description = "Print the facts as one JSON document.")
    private boolean json;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Append every acknowledged command to this file, one JSON line each, forced to the disk.")
    private @Nullable Path journal;

    private final PrintStream out;

    Quickstart(PrintStream out) {
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
        CommandLine commandLine = new CommandLine(new Quickstart(out));
        commandLine.setParameterExceptionHandler((mistake, given) -> {
            err.println(Complaint.about(mistake));
            return CommandLine.ExitCode.USAGE;
        });
        commandLine.setExecutionExceptionHandler((fault, command, given) -> {
            err.println(Complaint.about(fault));
            return Complaint.isForTheUser(fault) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
        });
        return commandLine.execute(args);
    }

    @Override
    public Integer call() throws Exception {
        Arguments.requireTogether(repository, data, journal, items, limit);
        if (repository != null) {
            read(repository);
        } else {
            tell();
        }
        return CommandLine.ExitCode.OK;
    }

    private void read(Path path) throws IOException {
        List<ItemKind> kinds = Arguments.kinds(items);
        int rows = Arguments.rows(Optional.ofNullable(limit).orElse(DEFAULT_ROWS));
        GitFacts facts = GitReading.of(path, kinds, rows);
        if (json) {
            out.println(GitJson.document(facts));
        } else {
            new GitReport(facts, Instant.now()).tell(Narrator.to(out));
        }
    }

    private void tell() throws Exception {
        Narrator narrator = json ? Narrator.silent() : Narrator.to(out);
        try (DataFolder folder = DataFolder.claim(Optional.ofNullable(data));
                Journal acknowledged = journal == null ? Journal.none() : Journal.at(journal);
                StoryRepository people = StoryRepository.at(folder.repository(), Instant.now());
                ExamplePipeline example = new ExamplePipeline(folder)) {
            folder.requireUnlocked();
            narrator.say("Everything is kept in " + folder.folder());
            Pipeline pipeline = example.open();
            new Takeover(pipeline).tell(narrator);
            new Story(pipeline, people, narrator, acknowledged).tell();
            Ending ending = new Ending(pipeline.as(Actor.user("alice")));
            ending.tell(narrator);
            if (json) {
                out.println(new StoryJson(ending).document(folder));
            }
            ending.requireIntact();
        }
    }
}
