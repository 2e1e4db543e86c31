package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.NotRolledBack;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The engine's own lines in a release's log, in the words of the specification. */
final class LogLines {
    /** What {@code \R} means; that one needs a stack frame for each of them. */
    private static final Pattern LINE_BREAKS = Pattern.compile("\\v+");

    static final String STILL_STAGED = "Artifacts of the attempt before are still staged";

    /** The end of a rollback says what it did not do. */
    static final List<String> NOT_ROLLED_BACK = Arrays.stream(NotRolledBack.values())
            .map(untouched -> "Not rolled back: " + untouched.text())
            .toList();

    private LogLines() {}

    /** Messages of others may have several. */
    static String oneLine(String text) {
        return LINE_BREAKS.matcher(text).replaceAll(" ");
    }

    static LogEntry starting(Release release, int attempt, Instant at) {
        String text = release.rollbackOf()
                .map(from -> "Starting rollback from " + from.number() + " to " + release.number() + " in "
                        + release.environment())
                .orElse("Starting deployment of " + release.number() + " to " + release.environment());
        return new LogEntry(release.id(), at, attempt, Optional.empty(), LogEntry.Level.INFO, text);
    }

    static String begin(Step step) {
        return switch (step) {
            case PRE_DEPLOYMENT_CHECKS -> "Running pre-deployment checks...";
            case QUALITY_GATES -> "Running quality gates...";
            case BACKUP -> "Creating backup of current state...";
            case DEPLOY_ARTIFACTS -> "Deploying artifacts...";
            case POST_DEPLOYMENT_CHECKS -> "Running post-deployment checks...";
            case CANARY -> "Routing a part of the traffic to the new version...";
            case CANARY_ANALYSIS -> "Watching the new version under a part of the traffic...";
            case ACTIVATE -> "Activating new version...";
            case NOTIFY -> "Sending deployment notifications...";
            case DEACTIVATE -> "Deactivating current version...";
            case RESTORE -> "Restoring previous artifacts...";
            case ACTIVATE_PREVIOUS -> "Activating previous version...";
            case VERIFY -> "Verifying rollback...";
            case ALERT -> "Alerting the team...";
        };
    }

    /** How a step begins, and which try it is if it may be tried again. */
    static String begin(Step step, int number, int most) {
        return begin(step) + (number == 1 ? "" : " (try " + number + " of " + most + ")");
    }

    /** A step did not work, and is tried again. */
    static String triedAgain(Step step, int number, int most, String why, Duration wait) {
        return step.label() + " did not work (try " + number + " of " + most + "): " + why + "; next try in "
                + text(wait);
    }

    /** A step's call gave no answer. */
    static String unanswered(Step step, String why) {
        return step.label() + " gave no answer: " + why + "; asking the target";
    }

    /** The target does not know either, and is asked again. */
    static String unknown(Step step, String why) {
        return "Outcome of " + step.label() + " is unknown: " + why;
    }

    static String askedAgain(Step step, String why, Duration wait) {
        return "Outcome of " + step.label() + " is not known yet: " + why + "; asking again in " + text(wait);
    }

    /** A version is not proved yet. */
    static Optional<String> watching(Release release) {
        return release.policy()
                .steps()
                .watch()
                .filter(watch -> release.kind() == ReleaseKind.DEPLOY)
                .map(watch -> "Watching " + release.number() + " for " + text(watch.time()));
    }

    static String verified(Release release, Duration after) {
        return "Version " + release.number() + " is verified after " + text(after);
    }

    /** The line that closes a step; empty where the target's own lines say enough. */
    static Optional<String> done(Release release, Step step, String summary) {
        return switch (step) {
            case BACKUP -> Optional.of("Backup created: " + summary);
            case ACTIVATE, ACTIVATE_PREVIOUS ->
                Optional.of("Version " + release.number() + " is now active in " + release.environment());
            case CANARY, DEACTIVATE, RESTORE, NOTIFY, ALERT -> Optional.of(summary);
            default -> Optional.empty();
        };
    }

    static String cancelled(ReleaseState.Cancellation cancellation) {
        return "Cancelled by " + cancellation.by().id() + ": " + cancellation.reason();
    }

    static String succeeded(Release release, Duration took) {
        return (release.kind() == ReleaseKind.ROLLBACK ? "Rollback" : "Deployment") + " succeeded in " + text(took);
    }

    static String failed(Release release, Duration took, String message) {
        String what = release.kind() == ReleaseKind.ROLLBACK ? "Rollback" : "Deployment";
        return what + " failed after " + text(took) + ": " + message;
    }

    /** What a target answered where it should have said that all is well, also if that is no answer to what it was asked. */
    static String said(StepOutcome outcome) {
        if (outcome instanceof StepOutcome.Failed failed) {
            return failed.message();
        }
        if (outcome instanceof StepOutcome.Fenced fenced) {
            return "the target has seen token " + fenced.newestToken() + ": is it driven by something else?";
        }
        return "the target answered what it was not asked ("
                + outcome.getClass().getSimpleName() + ")";
    }

    /** {@code 2m 34s}, {@code 45s}; below ten seconds with tenths. */
    static String text(Duration took) {
        if (took.toSeconds() < 10) {
            return String.format(Locale.ROOT, "%.1fs", took.toMillis() / 1000.0);
        }
        return (took.toMinutes() > 0 ? took.toMinutes() + "m " : "") + took.toSecondsPart() + "s";
    }
}
