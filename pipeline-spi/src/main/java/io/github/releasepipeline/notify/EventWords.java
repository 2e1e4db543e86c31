package io.github.releasepipeline.notify;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.subject.DomainEvent;
import java.util.Locale;
import java.util.Optional;

/** What an event says, in words. */
final class EventWords {
    private EventWords() {}

    static String happened(AuditRecord record) {
        String actor = record.stamp().actor().id();
        String reason = record.stamp().reason().map(text -> ": " + text).orElse("");
        DomainEvent event = record.event();
        return step(event)
                .or(() -> gate(event, actor, reason))
                .or(() -> end(event, reason))
                .or(() -> vote(event, actor, reason))
                .orElseGet(() -> Words.event(event) + " by " + actor + reason);
    }

    private static Optional<String> step(DomainEvent event) {
        if (event instanceof ReleaseEvent.StepStarted started) {
            return Optional.of(started.step().label() + " begins");
        }
        if (event instanceof ReleaseEvent.StepSucceeded done) {
            return Optional.of(
                    "✓ " + done.step().label() + " (" + Words.time(done.took()) + ")" + said(done.summary()));
        }
        if (event instanceof ReleaseEvent.StepFailed failed) {
            return Optional.of(
                    "✗ " + failed.step().label() + " (" + Words.time(failed.took()) + ")" + said(failed.message()));
        }
        if (event instanceof ReleaseEvent.StepWaits waits) {
            return Optional.of(waits.step().label() + " waits until " + waits.until() + said(waits.why()));
        }
        if (event instanceof ReleaseEvent.StepLost lost) {
            return Optional.of("nobody knows what came of " + lost.step().label() + ": " + lost.why());
        }
        return event instanceof ReleaseEvent.AttemptStarted started
                ? Optional.of(started.number() == 1 ? "started" : "attempt " + started.number() + " started")
                : Optional.empty();
    }

    private static Optional<String> gate(DomainEvent event, String actor, String reason) {
        if (event instanceof ReleaseEvent.GateJudged judged) {
            return Optional.of("quality gate '" + judged.run().gate() + "' " + verdict(judged.run())
                    + (reason.isEmpty() ? ": " + judged.run().summary() : " by " + actor + reason));
        }
        if (event instanceof ReleaseEvent.GateKept kept) {
            return Optional.of("quality gate '" + kept.run().gate() + "' " + verdict(kept.run()) + " before: "
                    + kept.run().summary());
        }
        return event instanceof ReleaseEvent.VerdictAwaited awaited
                ? Optional.of("quality gate '" + awaited.gate() + "' waits for the verdict of a person")
                : Optional.empty();
    }

    private static String verdict(GateRun run) {
        return run.verdict().name().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> end(DomainEvent event, String reason) {
        if (event instanceof ReleaseEvent.Succeeded succeeded) {
            return Optional.of("succeeded after " + Words.time(succeeded.took()));
        }
        if (event instanceof ReleaseEvent.Failed failed) {
            return Optional.of("failed in " + failed.step().label() + " after " + Words.time(failed.took()) + ": "
                    + failed.message());
        }
        if (event instanceof ReleaseEvent.RolledBack back) {
            return Optional.of("rolled back by release " + back.by());
        }
        if (event instanceof ReleaseEvent.Superseded superseded) {
            return Optional.of("superseded by release " + superseded.by());
        }
        if (event instanceof ReleaseEvent.Cancelled cancelled) {
            return Optional.of("called off by " + cancelled.by().id() + ": " + cancelled.why());
        }
        if (event instanceof ReleaseEvent.Expired) {
            return Optional.of("expired: the approvals did not come in time");
        }
        if (event instanceof EnvironmentEvent.VerificationFailed failed) {
            return Optional.of("verification failed: " + failed.why());
        }
        return event instanceof EnvironmentEvent.Degraded degraded
                ? Optional.of("degraded: " + degraded.why() + reason)
                : Optional.empty();
    }

    private static Optional<String> vote(DomainEvent event, String actor, String reason) {
        if (event instanceof ReleaseEvent.ApprovalsLapsed lapsed) {
            return Optional.of("approvals lapsed: " + lapsed.why());
        }
        if (event instanceof ReleaseEvent.SentBack back) {
            return Optional.of("sent back from the queue: " + back.why());
        }
        if (event instanceof ReleaseEvent.UpstreamBypassed bypassed) {
            return Optional.of(bypassed.upstream() + " passed over by " + actor + reason);
        }
        if (event instanceof ReleaseEvent.DowngradeWanted) {
            return Optional.of("downgrade wanted by " + actor + reason);
        }
        if (event instanceof ReleaseEvent.WindowOverridden) {
            return Optional.of("closed windows overridden by " + actor + reason);
        }
        return event instanceof ReleaseEvent.Readied ? Optional.of("approved, ready to deploy") : Optional.empty();
    }

    private static String said(String text) {
        return text.isBlank() ? "" : ": " + text;
    }
}
