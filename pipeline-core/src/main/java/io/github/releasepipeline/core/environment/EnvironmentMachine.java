package io.github.releasepipeline.core.environment;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.core.machine.Machine;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Degradation;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.environment.Hold;
import io.github.releasepipeline.environment.QueuedRelease;
import io.github.releasepipeline.environment.Watch;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.VersionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The moves of an environment. It has no named states: every event can follow every other that keeps the slot's order. */
public final class EnvironmentMachine implements Machine<EnvironmentId, Environment> {
    /** The one instance. */
    public static final EnvironmentMachine MACHINE = new EnvironmentMachine();

    private EnvironmentMachine() {}

    @Override
    public Environment fold(EnvironmentId id, Optional<Environment> before, DomainEvent event, Stamp stamp) {
        Environment environment = before.orElse(Environment.fresh(id.name()));
        Draft draft = new Draft(environment);
        draft.apply((EnvironmentEvent) event, stamp);
        return draft.done();
    }

    /** The parts of an environment while an event changes them. */
    private static final class Draft {
        private final EnvironmentName name;
        private Optional<ActiveVersion> active;
        private List<ActiveVersion> former;
        private Optional<ReleaseId> running;
        private final List<QueuedRelease> queue;
        private long fencingToken;
        private Optional<Hold> hold;
        private Optional<Degradation> degradation;
        private Optional<Watch> watch;

        Draft(Environment before) {
            name = before.name();
            active = before.active();
            former = before.former();
            running = before.running();
            queue = new ArrayList<>(before.queue());
            fencingToken = before.fencingToken();
            hold = before.hold();
            degradation = before.degradation();
            watch = before.watch();
        }

        Environment done() {
            return new Environment(name, active, former, running, queue, fencingToken, hold, degradation, watch);
        }

        void apply(EnvironmentEvent event, Stamp stamp) {
            if (event instanceof EnvironmentEvent.Enqueued enqueued) {
                enqueue(new QueuedRelease(enqueued.release(), enqueued.number(), enqueued.releaseKind()));
            } else if (event instanceof EnvironmentEvent.Dequeued dequeued) {
                queue.removeIf(waiting -> waiting.release().equals(dequeued.release()));
            } else if (event instanceof EnvironmentEvent.SlotTaken taken) {
                require(running.isEmpty(), event);
                queue.removeIf(waiting -> waiting.release().equals(taken.release()));
                take(taken.release(), taken.fencingToken(), event);
            } else if (event instanceof EnvironmentEvent.SlotTakenOver over) {
                require(running.equals(Optional.of(over.release())), event);
                take(over.release(), over.fencingToken(), event);
            } else if (event instanceof EnvironmentEvent.TokenRaised raised) {
                require(raised.fencingToken() > fencingToken, event);
                fencingToken = raised.fencingToken();
            } else if (event instanceof EnvironmentEvent.SlotFreed freed) {
                require(running.equals(Optional.of(freed.release())), event);
                running = Optional.empty();
            } else if (event instanceof EnvironmentEvent.Activated activated) {
                activate(new ActiveVersion(
                        activated.version(),
                        activated.number(),
                        activated.manifest(),
                        activated.release(),
                        stamp.at(),
                        Optional.of(stamp.at()).filter(at -> activated.watch().isEmpty())));
                watch = activated
                        .watch()
                        .map(time -> new Watch(
                                activated.release(), stamp.at(), stamp.at().plus(time)));
            } else if (event instanceof EnvironmentEvent.RolledBackTo back) {
                goBack(new ActiveVersion(
                        back.version(),
                        back.number(),
                        back.manifest(),
                        back.release(),
                        stamp.at(),
                        verified(back.version())));
                watch = Optional.empty();
            } else if (event instanceof EnvironmentEvent.Verified verified) {
                active = active.map(now -> proved(now, verified, stamp.at()));
                watch = watch.filter(now -> !now.release().equals(verified.release()));
            } else if (event instanceof EnvironmentEvent.VerificationFailed failed) {
                watch = watch.filter(now -> !now.release().equals(failed.release()));
            } else if (event instanceof EnvironmentEvent.Degraded degraded) {
                degradation = Optional.of(new Degradation(degraded.why(), unrestored(degraded), stamp.at()));
            } else if (event instanceof EnvironmentEvent.Repaired) {
                degradation = Optional.empty();
            } else if (event instanceof EnvironmentEvent.HoldPlaced) {
                hold = Optional.of(new Hold(stamp.actor(), stamp.reason().orElse(""), stamp.at()));
            } else if (event instanceof EnvironmentEvent.HoldLifted) {
                hold = Optional.empty();
            }
        }

        /** What was verified here before is still. */
        private Optional<Instant> verified(VersionId version) {
            return Stream.concat(active.stream(), former.stream())
                    .filter(known -> known.version().equals(version))
                    .findFirst()
                    .flatMap(ActiveVersion::verified);
        }

        /** What could not be put back before is still not. */
        private List<ItemId> unrestored(EnvironmentEvent.Degraded degraded) {
            return Stream.concat(
                            degradation.stream().flatMap(before -> before.items().stream()), degraded.items().stream())
                    .distinct()
                    .toList();
        }

        private static ActiveVersion proved(ActiveVersion now, EnvironmentEvent.Verified verified, Instant at) {
            return now.release().equals(verified.release())
                    ? new ActiveVersion(
                            now.version(), now.number(), now.manifest(), now.release(), now.since(), Optional.of(at))
                    : now;
        }

        private void enqueue(QueuedRelease release) {
            boolean first = release.kind() == ReleaseKind.ROLLBACK;
            int place = 0;
            while (place < queue.size() && (!first || queue.get(place).kind() == ReleaseKind.ROLLBACK)) {
                place++;
            }
            queue.add(place, release);
        }

        private void take(ReleaseId release, long token, EnvironmentEvent event) {
            require(token > fencingToken, event);
            running = Optional.of(release);
            fencingToken = token;
        }

        private void activate(ActiveVersion next) {
            Stream<ActiveVersion> before = active.filter(now -> !now.version().equals(next.version())).stream();
            former = Stream.concat(
                            before, former.stream().filter(old -> !old.version().equals(next.version())))
                    .limit(Environment.REMEMBERED)
                    .toList();
            active = Optional.of(next);
        }

        private void goBack(ActiveVersion target) {
            int place = 0;
            while (place < former.size() && !former.get(place).version().equals(target.version())) {
                place++;
            }
            if (place < former.size()) {
                former = former.subList(place + 1, former.size());
            }
            active = Optional.of(target);
        }

        private void require(boolean holds, EnvironmentEvent event) {
            if (!holds) {
                throw new IllegalStateException(event + " cannot happen: environment " + name + " runs " + running
                        + " under token " + fencingToken);
            }
        }
    }
}
