package io.github.releasepipeline.core.version;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.core.changeset.ChangeSetMachine;
import io.github.releasepipeline.core.changeset.ChangeSetRules;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.policy.NotesPolicy;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagOutcome;
import io.github.releasepipeline.source.TagRequest;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.NotesWarning;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.Optional;

/**
 * Publishes versions: takes the number and freezes the sets in one transaction, makes the tag, marks the version as
 * published. A crash at any point is repaired by doing it again.
 */
public final class Publisher {
    private final Engine engine;
    private final ItemRepository repository;
    private final Riders riders;
    private final NotesPolicy notes;
    private final Optional<Attesting> attesting;

    /**
     * @param repository where tags are made
     * @param riders what to do with changes that ride along, and with hotfixes that do not
     * @param notes what release notes have to fulfil
     * @param attesting signs statements; absent where nobody gave a key
     */
    public Publisher(
            Engine engine, ItemRepository repository, Riders riders, NotesPolicy notes, Optional<Attesting> attesting) {
        this.engine = engine;
        this.repository = repository;
        this.riders = riders;
        this.notes = notes;
        this.attesting = attesting;
    }

    /** What is wrong with the notes of a proposal. */
    public List<NotesWarning> warnings(Proposal proposal) {
        return NotesRules.check(
                notes,
                proposal.draft().notes(),
                proposal.sets(),
                proposal.attribution().changes());
    }

    /** Publishes what was proposed. */
    public Version publish(Proposal proposal, Actor maker) {
        engine.requireNoHostTransaction("Publishing a version");
        return complete(draft(proposal, maker), maker);
    }

    /** Goes on with a version whose number is taken: makes the tag, if it is not there, and marks it as published. */
    public Version complete(VersionId id, Actor actor) {
        engine.requireNoHostTransaction("Publishing a version");
        Version version = engine.get(id);
        if (version.state().kind() != VersionState.Kind.DRAFT) {
            return publish(id, Optional.empty(), actor);
        }
        tag(version, actor);
        return publish(id, attesting.map(statements -> statements.of(version)), actor);
    }

    private void tag(Version version, Actor actor) {
        TagOutcome outcome = repository.createTag(new TagRequest(
                version.number().tag(), version.commit(), message(version), version.createdBy(), version.createdAt()));
        conflict(version, outcome).ifPresent(why -> {
            discard(version, actor, why);
            throw new RefusedException("version.tag", version.id().reference(), why, List.of());
        });
    }

    /** Whoever is the first to mark it as published keeps the attestation, in the same transaction. */
    private Version publish(VersionId id, Optional<Envelope> attestation, Actor actor) {
        Optional<Digest> statement = attestation.map(Envelope::digest);
        return engine.execute(actor, Optional.empty(), unit -> {
            boolean first = unit.get(id).state().kind() == VersionState.Kind.DRAFT;
            Version published =
                    unit.decide(VersionMachine.MACHINE, id, version -> VersionRules.publish(version, statement));
            attestation.filter(envelope -> first).ifPresent(envelope -> unit.keep(id, envelope));
            return published;
        });
    }

    private VersionId draft(Proposal proposal, Actor maker) {
        VersionId id = new VersionId(engine.newId());
        List<NotesWarning> warnings = warnings(proposal);
        requireNotes(proposal, warnings);
        return engine.execute(maker, Optional.empty(), unit -> {
            VersionNumber number = proposal.draft().number();
            String tag = number.uniqueTag();
            Optional<Version> before = Predecessors.before(proposal.place(), number, unit.committed())
                    .map(unit::get);
            requireSame(proposal.place(), before, id, tag);
            requireFinished(before, id, tag);
            requireActive(unit, proposal.draft(), id);
            Proposal settled = riders.settle(unit, proposal);
            VersionEvent.Drafted draft = settled.draft();
            boolean taken = unit.committed().versionTagged(tag).isPresent();
            Optional<VersionNumber> above =
                    unit.committed().versionAbove(number).map(unit::get).map(Version::number);
            List<DomainEvent> events =
                    unit.accepted(id, VersionRules.draft(draft, taken, before.map(Version::number), above));
            proposal.sets().forEach(proposed -> requireUnchanged(unit, proposed, tag));
            draft.changeSets()
                    .forEach(set -> unit.decide(
                            ChangeSetMachine.MACHINE, set, current -> ChangeSetRules.version(current, tag)));
            unit.keep(proposal.manifest());
            Version version = unit.record(VersionMachine.MACHINE, id, events);
            if (!warnings.isEmpty()) {
                unit.record(VersionMachine.MACHINE, id, new VersionEvent.NotesWarned(warnings));
            }
            unit.keep(id, settled.attribution().changes());
            return version.id();
        });
    }

    /** What was worked out counts from the version that was before it then. */
    private static void requireSame(Proposal.Place proposed, Optional<Version> before, VersionId id, String tag) {
        if (!before.map(Version::id).equals(proposed.below())) {
            throw new RefusedException(
                    "version.stale",
                    id.reference(),
                    tag + " was proposed before "
                            + before.map(version -> version.number().tag()).orElse("nothing")
                            + " became the version before it",
                    List.of("propose again"));
        }
    }

    private static void requireNotes(Proposal proposal, List<NotesWarning> warnings) {
        List<String> failing = warnings.stream()
                .filter(warning -> warning.severity() == NotesPolicy.Severity.FAIL)
                .map(NotesWarning::text)
                .toList();
        if (!failing.isEmpty()) {
            throw new RefusedException(
                    "version.notes",
                    proposal.draft().number().uniqueTag(),
                    "The release notes of " + proposal.draft().number() + " do not do: " + String.join("; ", failing),
                    List.of("write other notes", "make other change sets", "configure notes with WARN"));
        }
    }

    /** Other members than those that were looked at would be frozen in a version that may not contain them. */
    private static void requireUnchanged(UnitOfWork unit, ChangeSet proposed, String tag) {
        ChangeSet now = unit.get(proposed.id());
        if (now.state().kind() == ChangeSetState.Kind.READY && !now.equals(proposed)) {
            throw new RefusedException(
                    "version.stale",
                    proposed.id().reference(),
                    tag + " was proposed before change set '" + now.name() + "' was changed",
                    List.of("propose again"));
        }
    }

    /** A hotfix corrects what is in production; when that has changed, so has what it corrects. */
    private static void requireActive(UnitOfWork unit, VersionEvent.Drafted draft, VersionId id) {
        draft.hotfix().ifPresent(hotfix -> {
            Optional<VersionId> active = unit.find(new EnvironmentId(hotfix.environment()))
                    .flatMap(Environment::active)
                    .map(ActiveVersion::version);
            if (!active.equals(Optional.of(hotfix.base()))) {
                throw new RefusedException(
                        "version.stale",
                        id.reference(),
                        draft.number() + " was proposed while " + hotfix.number() + " was active in "
                                + hotfix.environment(),
                        List.of("propose again"));
            }
        });
    }

    /** A draft may still be discarded, and then nothing may stand on it. */
    private static void requireFinished(Optional<Version> newest, VersionId id, String tag) {
        newest.filter(version -> version.state().kind() == VersionState.Kind.DRAFT)
                .ifPresent(version -> {
                    throw new RefusedException(
                            "version.unfinished",
                            id.reference(),
                            tag + " cannot follow " + version.number() + ", which is still being published",
                            List.of("publish the change sets of " + version.number() + " again"));
                });
    }

    private void discard(Version version, Actor actor, String why) {
        engine.execute(actor, Optional.of(why), unit -> {
            String tag = version.number().uniqueTag();
            Version discarded = unit.decide(VersionMachine.MACHINE, version.id(), VersionRules::discard);
            for (ChangeSetId id : version.changeSets()) {
                ChangeSet set = unit.record(ChangeSetMachine.MACHINE, id, new ChangeSetEvent.Unversioned(tag));
                if (Riders.isAdopted(set, version)) {
                    unit.record(ChangeSetMachine.MACHINE, id, new ChangeSetEvent.Abandoned());
                }
            }
            return discarded;
        });
    }

    /** What was recorded up to here cannot be altered any more without the tag telling. */
    private String message(Version version) {
        String anchor =
                engine.seal().map(checkpoint -> checkpoint.trailer() + "\n").orElse("");
        return version.tagMessage() + anchor;
    }

    private static Optional<String> conflict(Version version, TagOutcome outcome) {
        if (outcome instanceof TagOutcome.NotAllowed refused) {
            return Optional.of("Tag " + version.number().tag() + " is not allowed: " + refused.reason());
        }
        if (outcome instanceof TagOutcome.Exists exists) {
            Tag tag = exists.tag();
            return VersionProof.isMadeFor(version, tag)
                    ? Optional.empty()
                    : Optional.of("Tag " + tag.name() + " exists already at commit " + tag.commit()
                            + " and is not this version's");
        }
        return Optional.empty();
    }
}
