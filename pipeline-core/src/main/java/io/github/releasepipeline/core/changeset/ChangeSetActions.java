package io.github.releasepipeline.core.changeset;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetAction;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.policy.ChangeSetReview;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What can be done with a change set: what its rules would accept. */
public final class ChangeSetActions {
    private ChangeSetActions() {}

    /** The actions of an actor, in the order of their declaration. */
    public static Set<ChangeSetAction> of(
            ChangeSet set, List<ChangeSetRules.Candidate> members, ChangeSetReview review, Actor actor) {
        Set<ChangeSetAction> actions = EnumSet.noneOf(ChangeSetAction.class);
        for (ChangeSetAction action : ChangeSetAction.values()) {
            boolean accepted = switch (action) {
                case EDIT -> ChangeSetMachine.TABLE.allows(set.state().kind(), ChangeSetEvent.Edited.class);
                case PROPOSE -> accepts(ChangeSetRules.propose(set, members, review));
                case APPROVE -> accepts(ChangeSetRules.approve(set, members, actor));
                case SEND_BACK -> accepts(ChangeSetRules.sendBack(set));
                case ABANDON -> accepts(ChangeSetRules.abandon(set));
                case CREATE_VERSION -> accepts(ChangeSetRules.version(set, ""));
            };
            if (accepted) {
                actions.add(action);
            }
        }
        return actions;
    }

    private static boolean accepts(Decision decision) {
        return decision instanceof Decision.Accepted;
    }
}
