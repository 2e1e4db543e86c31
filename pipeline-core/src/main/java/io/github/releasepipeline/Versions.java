package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.core.changeset.ChangeSetRules;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.version.HistoryImport;
import io.github.releasepipeline.core.version.Proposal;
import io.github.releasepipeline.core.version.VersionMachine;
import io.github.releasepipeline.core.version.VersionRules;
import io.github.releasepipeline.core.version.VersionWishes;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.NotesWarning;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionProblem;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Stage 3: versions. */
public final class Versions {
    private final Wiring wiring;
    private final Actor actor;

    Versions(Wiring wiring, Actor actor) {
        this.wiring = wiring;
        this.actor = actor;
    }

    /** The table, newest first. */
    public Page<Version> list(PipelineFilter filter, PageRequest page) {
        return wiring.store().tables().versions(filter, page);
    }

    /** One version. */
    public Version get(VersionId id) {
        return wiring.engine().get(id);
    }

    /** The version with a tag such as {@code v1.3.0}; build metadata does not count. */
    public Optional<Version> tagged(String tag) {
        return wiring.engine()
                .reader()
                .versionTagged(tag.replaceFirst("\\+.*", ""))
                .map(wiring.engine()::get);
    }

    /** Every item of a version. */
    public Manifest manifest(VersionId id) {
        Digest digest = get(id).manifest();
        return wiring.engine()
                .reader()
                .manifest(digest)
                .orElseThrow(() -> new NotFoundException("manifest", digest.toString()));
    }

    /** Every item that changed since the version before, with its origins. */
    public List<ChangeAttribution> changes(VersionId id) {
        return wiring.engine().reader().changes(get(id).id());
    }

    /** The signed statement about a version; empty if it was published without a key. */
    public Optional<Envelope> attestation(VersionId id) {
        return wiring.engine().reader().attestation(get(id).id());
    }

    /** What a version of these sets would be. Changes nothing. */
    public VersionPreview preview(List<ChangeSetId> sets, Consumer<VersionEditor> wishes) {
        Proposal proposal = wiring.proposer().propose(sets, wishes(wishes), actor);
        return VersionPreview.of(proposal, wiring.publisher().warnings(proposal));
    }

    /** Publishes a version of one set, with the suggested number. */
    public Version publish(ChangeSetId set) {
        return publish(List.of(set), version -> {});
    }

    /** Publishes a version of one set, with a chosen increment. */
    public Version publish(ChangeSetId set, Bump bump) {
        return publish(List.of(set), version -> version.bump(bump));
    }

    /** Publishes a hotfix of the version that is active in production; see {@link VersionEditor#hotfix()}. */
    public Version hotfix(ChangeSetId set) {
        return publish(List.of(set), VersionEditor::hotfix);
    }

    /**
     * Publishes a version: takes its number, freezes the sets, tags the commit. Takes several transactions, so that it cannot be
     * part of one of the host's. Automatic rules that wait for these sets go on before it returns. Needs
     * {@link Permission#PUBLISH_VERSION}.
     *
     * @param wishes what to choose. They are not asked if the sets are frozen in a version that was begun before and not
     *     completed: then that one is completed as it was begun
     * @throws RefusedException if the sets are not ready, or what was wished for is not possible; nothing is frozen then
     * @throws AdapterException if the repository cannot be reached; the sets may be frozen: do it again, which completes it
     */
    public Version publish(List<ChangeSetId> sets, Consumer<VersionEditor> wishes) {
        wiring.access()
                .require(actor, Permission.PUBLISH_VERSION, wiring.source().repository());
        Optional<Version> begun = begun(sets);
        Version version =
                begun.isPresent() ? wiring.publisher().complete(begun.get().id(), actor) : publishNew(sets, wishes);
        new Automations(wiring).moved(version.changeSets());
        return version;
    }

    private Version publishNew(List<ChangeSetId> sets, Consumer<VersionEditor> wishes) {
        sets.forEach(this::requireReady);
        return wiring.publisher().publish(wiring.proposer().propose(sets, wishes(wishes), actor), actor);
    }

    private VersionWishes wishes(Consumer<VersionEditor> wishes) {
        VersionEditor editor = new VersionEditor();
        wishes.accept(editor);
        return editor.wishes(new ProductionVersions(wiring.engine(), wiring.environments()));
    }

    /**
     * Makes versions of the tags that the repository already has: reads its pull requests, then imports every tag that is
     * named as versions are here and is none yet. Such a version is PUBLISHED since the tag was made, {@link
     * Version#isImported()}, and made of no change sets; what changed in it is attributed to merged pull requests as in any other.
     * It can be compared, deployed and rolled back to, and is never counted as deployed before.
     *
     * <p>Idempotent. Interrupted, it goes on where it was, unless a version was published here meanwhile; several nodes may do it at once. Costs a manifest and a
     * difference for each tag. Do it before the first version is published from here: numbers follow the greatest one,
     * and what was merged after that one's tag has to be in a change set, or is a stowaway. With the first version that was
     * published from here the history of its line ends: tags above it are skipped.
     */
    public HistoryReport importHistory() {
        wiring.access()
                .require(actor, Permission.PUBLISH_VERSION, wiring.source().repository());
        wiring.sync().synchronize();
        HistoryImport.Outcome outcome = wiring.history().run(actor);
        return new HistoryReport(outcome.imported(), outcome.known(), outcome.skipped());
    }

    /** No new deployments from now on; rollback only where it is allowed explicitly. */
    public Version deprecate(VersionId id, String reason) {
        return retire(id, reason, VersionRules::deprecate);
    }

    /** Neither deployments nor rollback from now on. */
    public Version block(VersionId id, String reason) {
        return retire(id, reason, VersionRules::block);
    }

    /**
     * Everything that is not as it was published: the tag, the manifest in the store, every item in the Git repository; empty if
     * all is well. Reads every item. What an attestation says is verified apart, with the keys that are trusted.
     */
    public List<VersionProblem> verify(VersionId id) {
        return wiring.proof().thoroughly(get(id));
    }

    /** What the notes of a version did not fulfil when it was published; see {@link PipelineBuilder#notes}. */
    public List<NotesWarning> warnings(VersionId id) {
        return wiring.store().audit().of(get(id).id()).stream()
                .flatMap(record -> record.event() instanceof VersionEvent.NotesWarned warned
                        ? warned.warnings().stream()
                        : Stream.of())
                .toList();
    }

    private Version retire(VersionId id, String reason, Function<Version, Decision> rule) {
        wiring.access()
                .require(actor, Permission.RETIRE_VERSION, wiring.source().repository());
        return wiring.engine()
                .execute(
                        actor,
                        Optional.of(Reasons.given(reason)),
                        unit -> unit.decide(VersionMachine.MACHINE, id, rule));
    }

    /** Says what is wrong with a set before anything is worked out of it; decided again when the number is taken. */
    private void requireReady(ChangeSetId id) {
        if (ChangeSetRules.version(wiring.engine().get(id), "") instanceof Decision.Refused refused) {
            throw new RefusedException(refused.rule(), id.reference(), refused.message(), refused.allowed());
        }
    }

    /** The draft that these sets are frozen in, if a crash interrupted its publishing. */
    private Optional<Version> begun(List<ChangeSetId> sets) {
        return sets.stream()
                .findFirst()
                .map(wiring.engine()::get)
                .flatMap(set -> set.state() instanceof ChangeSetState.Versioned versioned
                        ? tagged(versioned.tag())
                                .filter(version -> version.state().kind() == VersionState.Kind.DRAFT)
                                .filter(version -> version.changeSets().containsAll(sets))
                        : Optional.empty());
    }
}
