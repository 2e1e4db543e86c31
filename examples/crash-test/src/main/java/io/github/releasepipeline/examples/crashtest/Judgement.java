package io.github.releasepipeline.examples.crashtest;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.jdbc.JdbcEnvironment;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.DomainEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** What must be so, whatever happened: read from the store's audit trail and from the targets' own journals. */
final class Judgement {
    private final DataSource database;
    private final PipelineStore store;
    private final Tally tally;

    Judgement(DataSource database, PipelineStore store, Tally tally) {
        this.database = database;
        this.store = store;
        this.tally = tally;
    }

    /** What must be so at any moment. */
    void onTheWay() throws SQLException {
        for (EnvironmentName name : Setup.ENVIRONMENTS) {
            tokensRise(name, Journal.of(database, name));
            tokensRise(name, Journal.seen(database, name));
            oneAtATime(name);
            activeIsActive(name);
            nothingIsTriedOut(name);
        }
    }

    /** What must be so when everything has come to rest. */
    void atTheEnd(Pipeline pipeline) throws SQLException {
        onTheWay();
        List<Release> releases = releases();
        tally.set("releases", releases.size());
        releases.stream()
                .filter(release -> release.state().kind().isUnderWay())
                .forEach(release -> tally.violation("release " + release.id() + " did not end: " + release.state()));
        releases.forEach(release -> tally.count("releases "
                + release.state()
                        .kind()
                        .name()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace('_', ' ')));
        releases.forEach(this::failedForNoStranger);
        tally.acknowledged().forEach(this::notLost);
        for (EnvironmentName name : Setup.ENVIRONMENTS) {
            List<Journal.Effect> effects = Journal.of(database, name);
            tally.set("effects in target " + name, effects.size());
            tally.set(
                    "calls seen at target " + name, Journal.seen(database, name).size());
            effects.stream()
                    .filter(effect -> effect.step().equals(Step.CANARY.name()))
                    .forEach(canary -> tally.count("canaries begun"));
            effects.forEach(this::tokenWasHandedOut);
            doNotInterleave(name, effects);
            succeededHappened(name, effects, releases);
        }
        tally.set(
                "takeovers",
                releases.stream()
                        .flatMap(release -> events(release.id()).stream())
                        .filter(ReleaseEvent.TakenOver.class::isInstance)
                        .count());
        pipeline.as(Actor.user("auditor"))
                .audit()
                .verify()
                .problems()
                .forEach(problem -> tally.violation("audit: " + problem));
    }

    private void tokensRise(EnvironmentName name, List<Journal.Effect> effects) {
        long newest = 0;
        for (Journal.Effect effect : effects) {
            if (effect.token() < newest) {
                tally.violation("target " + name + " accepted " + effect + " after token " + newest);
            }
            newest = Math.max(newest, effect.token());
        }
    }

    /** An effect carries a token that the store gave to that release. */
    private void tokenWasHandedOut(Journal.Effect effect) {
        boolean handedOut = events(effect.release()).stream().anyMatch(event -> token(event) == effect.token());
        if (!handedOut) {
            tally.violation("the token of " + effect + " was never handed out");
        }
    }

    private static long token(DomainEvent event) {
        if (event instanceof ReleaseEvent.AttemptStarted started) {
            return started.fencingToken();
        }
        return event instanceof ReleaseEvent.TakenOver over ? over.fencingToken() : 0;
    }

    /** Nobody else drives these targets, so a worker that meets a newer token has lost its release, and fails nothing. */
    private void failedForNoStranger(Release release) {
        events(release.id()).stream()
                .filter(event -> event instanceof ReleaseEvent.Failed failed
                        && failed.message().contains("newer than"))
                .forEach(event -> tally.violation("an outdated worker failed release " + release.id() + ": " + event));
    }

    /** No target does something for one attempt, then for another one, then for the first again. */
    private void doNotInterleave(EnvironmentName name, List<Journal.Effect> effects) {
        Set<String> over = new HashSet<>();
        String current = "";
        for (Journal.Effect effect : effects) {
            if (!effect.attempt().equals(current)) {
                over.add(current);
                current = effect.attempt();
                if (over.contains(current)) {
                    tally.violation("two runs at once in target " + name + ": " + effect + " comes after another one");
                }
            }
        }
    }

    private void succeededHappened(EnvironmentName name, List<Journal.Effect> effects, List<Release> releases) {
        for (Release release : releases) {
            if (release.environment().equals(name) && release.succeeded()) {
                happened(
                        release,
                        effects,
                        release.kind() == ReleaseKind.ROLLBACK ? Step.ACTIVATE_PREVIOUS : Step.ACTIVATE);
                if (release.steps().contains(Step.CANARY)) {
                    happened(release, effects, Step.CANARY);
                    tally.count("canaries promoted");
                }
            }
        }
    }

    private void happened(Release release, List<Journal.Effect> effects, Step step) {
        boolean happened = effects.stream()
                .anyMatch(effect ->
                        effect.release().equals(release.id()) && effect.step().equals(step.name()));
        if (!happened) {
            tally.violation("release " + release.id() + " succeeded, and its target " + release.environment()
                    + " knows nothing of its " + step + ": " + release.attempts());
        }
    }

    /** The slot, by the trail. */
    private void oneAtATime(EnvironmentName name) {
        Optional<ReleaseId> running = Optional.empty();
        long token = 0;
        for (AuditRecord record : store.audit().of(new EnvironmentId(name))) {
            if (record.event() instanceof EnvironmentEvent.SlotTaken taken) {
                if (running.isPresent() || taken.fencingToken() <= token) {
                    tally.violation("two releases at once in " + name + ": " + taken + " while " + running);
                }
                running = Optional.of(taken.release());
                token = taken.fencingToken();
            } else if (record.event() instanceof EnvironmentEvent.SlotTakenOver over) {
                if (!running.equals(Optional.of(over.release())) || over.fencingToken() <= token) {
                    tally.violation("a takeover of what does not run in " + name + ": " + over);
                }
                token = over.fencingToken();
            } else if (record.event() instanceof EnvironmentEvent.SlotFreed freed) {
                if (!running.equals(Optional.of(freed.release()))) {
                    tally.violation("a slot given back that was not held in " + name + ": " + freed);
                }
                running = Optional.empty();
            } else if (record.event() instanceof EnvironmentEvent.Activated activated
                    && !running.equals(Optional.of(activated.release()))) {
                tally.violation("something became active in " + name + " that does not run: " + activated);
            }
        }
    }

    /** Where nothing runs, the store and the target tell the same active version. */
    private void activeIsActive(EnvironmentName name) throws SQLException {
        whileResting(name, active -> {
            Digest target =
                    JdbcEnvironment.on(database, name).observe().active().digest();
            return active.manifest().equals(target)
                    ? Optional.empty()
                    : Optional.of("two active versions in " + name + ": the store says " + active.manifest()
                            + ", the target " + target);
        });
    }

    /** Where nothing runs, nothing that was tried out gets traffic. */
    private void nothingIsTriedOut(EnvironmentName name) throws SQLException {
        whileResting(name, active -> {
            int part = Journal.canaryPart(database, name);
            return part == 0
                    ? Optional.empty()
                    : Optional.of(part + " % of the traffic in " + name + " go to what was tried out");
        });
    }

    /** What is wrong with an environment in which this is active, if anything is. */
    @FunctionalInterface
    private interface Look {
        Optional<String> at(ActiveVersion active) throws SQLException;
    }

    /** Looks at an environment in which nothing runs, and believes what it saw if that was still so afterwards. */
    private void whileResting(EnvironmentName name, Look look) throws SQLException {
        Optional<Stored<Environment>> before = store.reader().find(new EnvironmentId(name));
        Optional<ActiveVersion> active = before.map(Stored::snapshot)
                .filter(environment -> environment.running().isEmpty()
                        && environment.degradation().isEmpty())
                .flatMap(Environment::active);
        if (active.isEmpty()) {
            return;
        }
        Optional<String> seen = look.at(active.get());
        boolean same = store.reader()
                .find(new EnvironmentId(name))
                .map(Stored::revision)
                .equals(before.map(Stored::revision));
        if (same) {
            seen.ifPresent(tally::violation);
        }
    }

    private void notLost(Acknowledgement acknowledged) {
        List<DomainEvent> events = events(acknowledged.release());
        boolean there = switch (acknowledged.command()) {
            case REQUESTED, ROLLBACK_STARTED -> has(events, ReleaseEvent.Requested.class);
            case APPROVED ->
                store.audit().of(acknowledged.release()).stream()
                        .anyMatch(record -> record.event() instanceof ReleaseEvent.Approved
                                && record.stamp().actor().id().equals(acknowledged.actor()));
            case DEPLOYED ->
                has(events, ReleaseEvent.AttemptStarted.class)
                        || has(events, ReleaseEvent.Queued.class)
                        || has(events, ReleaseEvent.ApprovalsLapsed.class);
            case RETRIED ->
                events.stream()
                                        .filter(ReleaseEvent.AttemptStarted.class::isInstance)
                                        .count()
                                > 1
                        || has(events, ReleaseEvent.Queued.class);
            case CANCELLED ->
                has(events, ReleaseEvent.CancelRequested.class) || has(events, ReleaseEvent.Cancelled.class);
            case RESOLVED -> has(events, ReleaseEvent.Resolved.class);
        };
        if (!there) {
            tally.violation("acknowledged and lost: " + acknowledged.line());
        }
    }

    private static boolean has(List<DomainEvent> events, Class<? extends DomainEvent> type) {
        return events.stream().anyMatch(type::isInstance);
    }

    private List<DomainEvent> events(ReleaseId id) {
        return store.audit().of(id).stream().map(AuditRecord::event).toList();
    }

    List<Release> releases() {
        List<Release> all = new ArrayList<>();
        Optional<PageRequest> request = Optional.of(PageRequest.first(PageRequest.MAX_SIZE));
        while (request.isPresent()) {
            PageRequest now = request.get();
            Page<Release> page = store.tables().releases(PipelineFilter.all(), now);
            all.addAll(page.rows());
            request = page.next().map(now::after);
        }
        return all;
    }
}
