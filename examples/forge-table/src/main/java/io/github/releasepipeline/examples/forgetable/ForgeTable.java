package io.github.releasepipeline.examples.forgetable;

import io.github.releasepipeline.error.PipelineException;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.source.PullRequest;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows the open pull requests of a repository on a forge: review, checks, items and labels.
 *
 * <p>Exit codes: 0; 1 for an unexpected fault; 2 for something that the user can put right. Errors are one line.
 */
@Command(
        name = "forge-table",
        version = "release-pipeline forge-table 0.1.0",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows the open pull requests of a repository on Gitea, Forgejo or GitHub. The token is read from"
                + " the environment: " + Forge.GITEA_TOKEN + " (public repositories need none) or " + Forge.GITHUB_TOKEN
                + ".")
public final class ForgeTable implements Callable<Integer> {
    private static final String GITHUB_COM = "https://api.github.com";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Where where = new Where();

    /** One of the two. */
    static final class Where {
        @Option(
                names = "--gitea",
                paramLabel = "URL",
                description = "The start page of a Gitea or Forgejo server, with its path.")
        private @Nullable String gitea;

        @Option(
                names = "--github",
                paramLabel = "URL",
                arity = "0..1",
                fallbackValue = GITHUB_COM,
                description = "The REST interface of a GitHub Enterprise Server (https://github.example.com/api/v3);"
                        + " without an address, github.com.")
        private @Nullable String gitHub;
    }

    @Option(names = "--repo", paramLabel = "OWNER/NAME", required = true, description = "Which repository.")
    private String repository = "";

    @Option(
            names = "--items",
            paramLabel = "KIND=GLOB",
            arity = "1..*",
            description = "What counts as an item, for example workflow=workflows/**/*.json. Default: file=**")
    private List<String> items = List.of();

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    private final PrintStream out;
    private final Map<String, String> environment;

    ForgeTable(PrintStream out, Map<String, String> environment) {
        this.out = out;
        this.environment = Map.copyOf(environment);
    }

    /** Runs the program; the process ends with its exit code, unless that is 0. */
    public static void main(String... args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int exitCode = run(out, err, System.getenv(), args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Runs the program. */
    static int run(PrintStream out, PrintStream err, Map<String, String> environment, String... args) {
        CommandLine commandLine = new CommandLine(new ForgeTable(out, environment));
        commandLine.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        commandLine.setParameterExceptionHandler((mistake, given) -> {
            err.println(line(mistake) + " (--help tells what is possible)");
            return CommandLine.ExitCode.USAGE;
        });
        commandLine.setExecutionExceptionHandler((fault, command, given) -> {
            boolean forTheUser = fault instanceof UserMistake || fault instanceof PipelineException;
            err.println(
                    (forTheUser ? "" : "Unexpected fault: " + fault.getClass().getSimpleName() + ": ") + line(fault));
            return forTheUser ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
        });
        return commandLine.execute(args);
    }

    @Override
    public Integer call() {
        List<ItemKind> kinds = Kinds.of(items);
        List<PullRequest> open = forge(kinds).open().get();
        if (json) {
            out.println(PullRequestJson.document(repository, open));
        } else if (open.isEmpty()) {
            out.println("No pull request of " + repository + " is open.");
        } else {
            PullRequestTable.lines(open, Instant.now()).forEach(out::println);
        }
        return CommandLine.ExitCode.OK;
    }

    private Forge forge(List<ItemKind> kinds) {
        return where.gitea == null
                ? Forge.gitHub(where.gitHub == null ? GITHUB_COM : where.gitHub, repository, kinds, environment)
                : Forge.gitea(where.gitea, repository, kinds, environment);
    }

    private static String line(@Nullable Throwable fault) {
        return String.valueOf(fault == null ? null : fault.getMessage()).replaceAll("\\R+\\s*", " ");
    }
}
