package io.github.releasepipeline.notify;

import io.github.releasepipeline.notify.Bulletin.Fact;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Approval;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.StepRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a release stands, in words. */
final class ReleaseWords {
    private ReleaseWords() {}

    static String headline(Release release) {
        EnvironmentName environment = release.environment();
        return release.rollbackOf()
                .map(from -> "Rollback of " + environment + " from "
                        + from.number().tag() + " to " + release.number().tag())
                .orElse(release.number().tag() + " to " + environment);
    }

    static List<Fact> facts(Release release) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Status", Words.spaced(release.state().kind())));
        facts.add(new Fact("Environment", release.environment().value()));
        facts.add(new Fact("Version", release.number().tag()));
        facts.add(new Fact("Requested by", release.requestedBy().id()));
        release.reason().ifPresent(reason -> facts.add(new Fact("Reason", reason)));
        approvals(release).ifPresent(text -> facts.add(new Fact("Approvals", text)));
        release.lastAttempt().ifPresent(attempt -> facts.add(new Fact("Steps", steps(release, attempt))));
        release.took().ifPresent(took -> facts.add(new Fact("Duration", Words.time(took))));
        outcome(release.state()).ifPresent(text -> facts.add(new Fact("Outcome", text)));
        facts.add(new Fact("Release", release.id().value()));
        return facts;
    }

    private static Optional<String> approvals(Release release) {
        int needed = release.policy().approvalsNeeded();
        if (needed == 0 && release.approvals().isEmpty()) {
            return Optional.empty();
        }
        String names = release.approvals().stream()
                .map(Approval::by)
                .map(actor -> actor.id())
                .collect(Collectors.joining(", "));
        return Optional.of(release.approvals().size() + " of " + needed + (names.isEmpty() ? "" : " (" + names + ")"));
    }

    private static String steps(Release release, Attempt attempt) {
        int all = release.steps().size();
        long done = attempt.steps().stream()
                .filter(run -> run.status() == StepRun.Status.SUCCEEDED)
                .count();
        String text = done + " of " + all;
        if (!attempt.steps().isEmpty() && done < all) {
            StepRun last = attempt.steps().get(attempt.steps().size() - 1);
            text += ", " + last.step().label() + " " + Words.spaced(last.status());
        }
        return attempt.number() == 1 ? text : text + " (attempt " + attempt.number() + ")";
    }

    private static Optional<String> outcome(ReleaseState state) {
        if (state instanceof ReleaseState.Failed failed) {
            return Optional.of("failed in " + failed.step().label() + ": " + failed.message());
        }
        if (state instanceof ReleaseState.Paused paused) {
            return Optional.of(
                    paused.step().asksGates()
                            ? paused.why()
                            : "nobody knows what came of " + paused.step().label() + ": " + paused.why());
        }
        if (state instanceof ReleaseState.Rejected rejected) {
            return Optional.of("rejected by " + rejected.by().id() + ": " + rejected.reason());
        }
        if (state instanceof ReleaseState.Cancelled cancelled) {
            return Optional.of("called off by " + cancelled.by().id() + ": " + cancelled.reason());
        }
        if (state instanceof ReleaseState.RolledBack rolledBack) {
            return Optional.of("rolled back by release " + rolledBack.by());
        }
        if (state instanceof ReleaseState.Superseded superseded) {
            return Optional.of("superseded by release " + superseded.by());
        }
        return state instanceof ReleaseState.PendingApproval waiting
                ? waiting.note().map(note -> "earlier approvals lapsed: " + note)
                : Optional.empty();
    }
}
