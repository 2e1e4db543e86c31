package io.github.releasepipeline.gates;

import io.github.releasepipeline.subject.Spans;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A quality gate: a command ends with exit code 0. Immutable and thread-safe.
 *
 * <p>The command is started without a shell, with nothing to read, in a new folder that holds the version's items and is
 * deleted afterwards, or in a given one. It sees {@code RELEASE_VERSION}, {@code RELEASE_COMMIT},
 * {@code RELEASE_ENVIRONMENT}, what is said here, and of this process's own environment only {@code PATH}, {@code HOME},
 * {@code LANG} and {@code TMPDIR}: no secrets. What it says, on both channels, goes into the log, up to a thousand lines of
 * 500 characters; the rest is read and dropped. Its last line stands in the summary: {@code Smoke tests passed (3/3)}.
 *
 * <p>Exit code 0 has passed, codes that are said to be are inconclusive, any other has failed. A command that cannot be
 * started or does not end in time is inconclusive. At its end everything that it started is killed, as far as the operating
 * system tells of it: what detached itself within milliseconds may get away.
 */
public final class CommandGate implements QualityGate {
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "TMPDIR");
    private static final Duration USUAL_TIME = Duration.ofMinutes(10);

    private final String name;
    private final List<String> command;
    private final Duration limit;
    private final Optional<Path> folder;
    private final Map<String, String> environment;
    private final Secrets secrets;
    private final Set<Integer> inconclusive;

    private CommandGate(
            String name,
            List<String> command,
            Duration limit,
            Optional<Path> folder,
            Map<String, String> environment,
            Secrets secrets,
            Set<Integer> inconclusive) {
        this.name = name;
        this.command = List.copyOf(command);
        this.limit = limit;
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.secrets = secrets;
        this.inconclusive = Set.copyOf(inconclusive);
    }

    /** Runs a program with these arguments, for at most ten minutes. */
    public static CommandGate run(String name, String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        return new CommandGate(name, command, USUAL_TIME, Optional.empty(), Map.of(), Secrets.none(), Set.of());
    }

    /** The same with another time limit. */
    public CommandGate within(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("A command needs more time than " + time);
        }
        return new CommandGate(name, command, time, folder, environment, secrets, inconclusive);
    }

    /** The same in a folder that is there; the version's items are not brought there. */
    public CommandGate in(Path place) {
        return new CommandGate(name, command, limit, Optional.of(place), environment, secrets, inconclusive);
    }

    /** The same with a variable more. */
    public CommandGate with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new CommandGate(name, command, limit, folder, more, secrets, inconclusive);
    }

    /**
     * The same with a variable more whose value becomes {@code ***} in the log and the summary. If it has several lines, as a
     * key in PEM form has, each of them does, but for those of less than four characters: they would hide half of every log.
     * What the command makes of it, such as another encoding or a part of a line, is not recognised.
     */
    public CommandGate withSecret(String variable, String value) {
        return new CommandGate(name, command, limit, folder, environment, secrets.and(value), inconclusive)
                .with(variable, value);
    }

    /** The same; these exit codes say that the command could not judge. */
    public CommandGate inconclusiveOn(Integer... codes) {
        return new CommandGate(name, command, limit, folder, environment, secrets, Set.of(codes));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public GateResult evaluate(GateContext context) {
        try {
            if (folder.isPresent()) {
                return run(context, folder.get());
            }
            ItemFolder items = ItemFolder.of(context.artifacts());
            try {
                return run(context, items.path());
            } finally {
                items.delete(context.log());
            }
        } catch (IOException e) {
            return GateResult.inconclusive(name + " could not run: " + e.getMessage());
        }
    }

    private GateResult run(GateContext context, Path place) throws IOException {
        CommandOutput output = new CommandOutput(context.log(), secrets);
        Optional<Integer> code = CommandRun.of(command, place, variables(context), output, limit);
        if (code.isEmpty()) {
            return GateResult.inconclusive(name + " did not end within " + Spans.text(limit) + last(output));
        }
        Map<String, String> evidence = Map.of("exit code", String.valueOf(code.get()));
        if (code.get() == 0) {
            return GateResult.passed(name + " passed" + last(output)).with(evidence);
        }
        return inconclusive.contains(code.get())
                ? GateResult.inconclusive(name + " could not judge" + last(output))
                        .with(evidence)
                : GateResult.failed(name + " failed" + last(output)).with(evidence);
    }

    private static String last(CommandOutput output) {
        return output.lastLine().map(line -> " (" + line + ")").orElse("");
    }

    private Map<String, String> variables(GateContext context) {
        Map<String, String> all = new TreeMap<>();
        INHERITED.forEach(
                variable -> Optional.ofNullable(System.getenv(variable)).ifPresent(value -> all.put(variable, value)));
        all.put("RELEASE_VERSION", context.version().toString());
        all.put("RELEASE_COMMIT", context.commit().hex());
        all.put("RELEASE_ENVIRONMENT", context.environment().value());
        all.putAll(environment);
        return all;
    }
}
