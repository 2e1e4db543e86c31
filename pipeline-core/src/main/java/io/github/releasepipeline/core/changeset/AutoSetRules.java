package io.github.releasepipeline.core.changeset;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.ChangeSetReview;
import io.github.releasepipeline.subject.DomainEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a rule puts a merged pull request into a set: as a person would who adds it and proposes the set. */
public final class AutoSetRules {
    private AutoSetRules() {}

    /** A new set of one merged pull request. */
    public static List<DomainEvent> fresh(AutoChangeSetRule rule, long number, ChangeSetReview review) {
        return List.of(
                new ChangeSetEvent.Created(
                        rule.changeSetName(),
                        "Made by the rule for the label '" + rule.label() + "'",
                        ChangeType.OTHER,
                        List.of(number)),
                review == ChangeSetReview.NEEDED ? new ChangeSetEvent.Proposed() : new ChangeSetEvent.Readied());
    }

    /** One more member. What was ready or proposed is so again, by a new review where one is needed; a draft stays one. */
    public static List<DomainEvent> join(ChangeSet set, long number, ChangeSetReview review) {
        List<DomainEvent> events = new ArrayList<>();
        events.add(new ChangeSetEvent.Edited(
                set.name(),
                set.description(),
                set.type(),
                Stream.concat(set.pullRequests().stream(), Stream.of(number)).toList()));
        ChangeSetState.Kind before = set.state().kind();
        if (review == ChangeSetReview.NEEDED && before != ChangeSetState.Kind.DRAFT) {
            events.add(new ChangeSetEvent.Proposed());
        } else if (before == ChangeSetState.Kind.READY) {
            events.add(new ChangeSetEvent.Readied());
        }
        return List.copyOf(events);
    }

    /**
     * In whose name a rule adds to a set: who proposed it has proposed what was in it, and may not approve that because the
     * rule proposes it again.
     */
    public static Actor joining(ChangeSet set, Actor rule) {
        Optional<Actor> proposer = set.state() instanceof ChangeSetState.PendingReview pending
                ? Optional.of(pending.by())
                : Optional.empty();
        return proposer.flatMap(by -> by.isHuman() ? Optional.of(by.id()) : by.onBehalfOf())
                .map(rule::onBehalfOf)
                .orElse(rule);
    }
}
