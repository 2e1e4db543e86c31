package io.github.releasepipeline.examples.adapter;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** What a folder target remembers. Immutable. */
record State(Properties properties) {
    long newestToken() {
        return number("token");
    }

    long changes() {
        return number("changes");
    }

    boolean routing() {
        return properties.containsKey("routing");
    }

    Optional<String> active() {
        return Optional.ofNullable(properties.getProperty("active"));
    }

    Optional<String> staged() {
        return Optional.ofNullable(properties.getProperty("staged"));
    }

    Optional<StepOutcome> outcome(String attemptKey) {
        return Optional.ofNullable(properties.getProperty("outcome/" + attemptKey))
                .map(State::outcomeOf);
    }

    State seen(long token) {
        return with("token", String.valueOf(Math.max(token, newestToken())));
    }

    State staged(String folder) {
        return with("staged", folder);
    }

    State activated(Optional<String> folder) {
        State routed = with("routing", "yes").without("staged");
        return folder.map(active -> routed.with("active", active)).orElse(routed);
    }

    State withoutRouting() {
        return without("routing");
    }

    State answer(StepCall call, StepOutcome outcome) {
        return with("outcome/" + call.attemptKey(), text(outcome)).with("changes", String.valueOf(changes() + 1));
    }

    private static String text(StepOutcome outcome) {
        if (outcome instanceof StepOutcome.BackedUp made) {
            return "backup\n" + made.backup().captured().hex() + "\n"
                    + made.backup().reference();
        }
        return outcome instanceof StepOutcome.Failed failed
                ? "failed\n" + failed.failure() + "\n" + failed.message()
                : "done\n\n" + ((StepOutcome.Done) outcome).summary();
    }

    private static StepOutcome outcomeOf(String text) {
        String[] part = text.split("\n", 3);
        return switch (part[0]) {
            case "backup" -> new StepOutcome.BackedUp(new Backup(part[2], new Digest(part[1])));
            case "failed" -> new StepOutcome.Failed(FailureKind.valueOf(part[1]), part[2], List.of());
            default -> new StepOutcome.Done(part[2]);
        };
    }

    private long number(String name) {
        return Long.parseLong(properties.getProperty(name, "0"));
    }

    private State with(String name, String value) {
        Properties changed = (Properties) properties.clone();
        changed.setProperty(name, value);
        return new State(changed);
    }

    private State without(String name) {
        Properties changed = (Properties) properties.clone();
        changed.remove(name);
        return new State(changed);
    }
}
