package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetAction;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.core.changeset.ChangeSetMachine;
import io.github.releasepipeline.core.changeset.ChangeSetRules;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Stage 2: change sets. */
public final class ChangeSets {
    private final Wiring wiring;
    private final Actor actor;

    ChangeSets(Wiring wiring, Actor actor) {
        this.wiring = wiring;
        this.actor = actor;
    }

    /** The table, newest first. */
    public Page<ChangeSetRow> list(PipelineFilter filter, PageRequest page) {
        return new ChangeSetReading(wiring, actor).list(filter, page);
    }

    /** One change set. */
    public ChangeSet get(ChangeSetId id) {
        return wiring.engine().get(id);
    }

    /** One change set with everything that belongs to it. */
    public ChangeSetDetails details(ChangeSetId id) {
        return new ChangeSetReading(wiring, actor).details(id);
    }

    /** What the actor can do with a change set now, as far as rules and not permissions decide. */
    public Set<ChangeSetAction> actions(ChangeSetId id) {
        return details(id).actions();
    }

    /**
     * What automatic rules have begun and not ended, the one that was merged first at the front. Each tells what is in its
     * way; how those that ended came out stands in {@link #automation} and in the audit trail.
     */
    public List<Automation> automations() {
        return wiring.store().tables().automationsUnderWay();
    }

    /** What automatic rules did with the merge of a pull request; empty if none took it up. */
    public Optional<Automation> automation(long number) {
        PipelineReader reader = wiring.engine().reader();
        return reader.find(new PullRequestId(wiring.source().repository(), number))
                .flatMap(found -> ChangeSetReading.automation(reader, found.snapshot()));
    }

    /**
     * Makes a change set. It is ready at once if all its pull requests are merged and no review is needed; otherwise a
     * draft.
     */
    public ChangeSet create(String name, Consumer<ChangeSetEditor> contents) {
        requireEdit();
        ChangeSetEditor editor = new ChangeSetEditor(name);
        contents.accept(editor);
        ChangeSetRules.Contents wanted = editor.contents();
        ChangeSetId id = new ChangeSetId(wiring.engine().newId());
        return wiring.engine()
                .execute(
                        actor,
                        Optional.empty(),
                        unit -> unit.record(
                                ChangeSetMachine.MACHINE,
                                id,
                                unit.accepted(
                                        id,
                                        ChangeSetRules.create(
                                                wanted, candidates(unit, wanted.pullRequests()), wiring.review()))));
    }

    /**
     * Changes words or members while the set is not frozen; it is a draft then.
     *
     * @param changes runs within the transaction, again when somebody else was faster: it touches nothing but its editor
     */
    public ChangeSet edit(ChangeSetId id, Consumer<ChangeSetEditor> changes) {
        requireEdit();
        return wiring.engine()
                .execute(
                        actor,
                        Optional.empty(),
                        unit -> unit.decide(ChangeSetMachine.MACHINE, id, set -> {
                            ChangeSetEditor editor = new ChangeSetEditor(set);
                            changes.accept(editor);
                            ChangeSetRules.Contents wanted = editor.contents();
                            return ChangeSetRules.edit(set, wanted, candidates(unit, wanted.pullRequests()));
                        }));
    }

    /** Proposes a draft: for a review where one is needed, otherwise straight to ready. */
    public ChangeSet propose(ChangeSetId id) {
        requireEdit();
        return moved(wiring.engine()
                .execute(
                        actor,
                        Optional.empty(),
                        unit -> unit.decide(
                                ChangeSetMachine.MACHINE,
                                id,
                                set -> ChangeSetRules.propose(
                                        set, candidates(unit, set.pullRequests()), wiring.review()))));
    }

    /** Approves a proposed set: it is ready to be versioned. */
    public ChangeSet approve(ChangeSetId id) {
        wiring.access()
                .require(actor, Permission.APPROVE_CHANGE_SET, wiring.source().repository());
        return moved(wiring.engine()
                .execute(
                        actor,
                        Optional.empty(),
                        unit -> unit.decide(
                                ChangeSetMachine.MACHINE,
                                id,
                                set -> ChangeSetRules.approve(set, candidates(unit, set.pullRequests()), actor))));
    }

    /** Sends a proposed set back to its author. */
    public ChangeSet sendBack(ChangeSetId id, String reason) {
        wiring.access()
                .require(actor, Permission.APPROVE_CHANGE_SET, wiring.source().repository());
        return because(id, reason, ChangeSetRules::sendBack);
    }

    /** Gives a set up; its pull requests are free for other sets. */
    public ChangeSet abandon(ChangeSetId id, String reason) {
        requireEdit();
        return moved(because(id, reason, ChangeSetRules::abandon));
    }

    /** What automatic rules have begun with the set goes on, or stops. */
    private ChangeSet moved(ChangeSet set) {
        new Automations(wiring).moved(List.of(set.id()));
        return set;
    }

    private ChangeSet because(ChangeSetId id, String reason, Function<ChangeSet, Decision> rule) {
        return wiring.engine()
                .execute(
                        actor,
                        Optional.of(Reasons.given(reason)),
                        unit -> unit.decide(ChangeSetMachine.MACHINE, id, rule));
    }

    private List<ChangeSetRules.Candidate> candidates(UnitOfWork unit, List<Long> numbers) {
        return numbers.stream()
                .map(number -> new PullRequestId(wiring.source().repository(), number))
                .map(id -> new ChangeSetRules.Candidate(
                        id.number(),
                        unit.find(id),
                        unit.committed().changeSetOf(id).flatMap(unit::find)))
                .toList();
    }

    private void requireEdit() {
        wiring.access()
                .require(actor, Permission.EDIT_CHANGE_SET, wiring.source().repository());
    }
}
