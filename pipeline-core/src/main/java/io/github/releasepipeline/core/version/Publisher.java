package io.github.releasepipeline.core.version;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.core.changeset.ChangeSetMachine;
import io.github.releasepipeline.core.changeset.ChangeSetRules;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.policy.Stowaways;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagOutcome;
import io.github.releasepipeline.source.TagRequest;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Publishes versions: takes the number and freezes the sets in one transaction, makes the tag, marks the version as
 * published. A crash at any point is repaired by doing it again.
 */
public final class Publisher implements VersionCheck {
    private final Engine engine;
    private final ItemRepository repository;
    private final List<ItemKind> kinds;
    private final Stowaways stowaways;
    private final Optional<Attesting> attesting;

    /**
     * @param repository where tags are made
     * @param kinds what belongs to a manifest
     * @param stowaways what to do with changes that ride along
     * @param attesting signs statements; absent where nobody gave a key
     */
    public Publisher(
            Engine engine,
            ItemRepository repository,
            List<ItemKind> kinds,
            Stowaways stowaways,
            Optional<Attesting> attesting) {
        this.engine = engine;
        this.repository = repository;
        this.kinds = List.copyOf(kinds);
        this.stowaways = stowaways;
        this.attesting = attesting;
    }

    /** Publishes what was proposed. */
    public Version publish(Proposal proposal, Actor maker) {
        return complete(draft(proposal, maker), maker);
    }

    /** Goes on with a version whose number is taken: makes the tag, if it is not there, and marks it as published. */
    public Version complete(VersionId id, Actor actor) {
        Version version = engine.get(id);
        if (version.state().kind() != VersionState.Kind.DRAFT) {
            return publish(id, Optional.empty(), actor);
        }
        tag(version, actor);
        return publish(id, attesting.map(statements -> statements.of(version)), actor);
    }

    private void tag(Version version, Actor actor) {
        TagOutcome outcome = repository.createTag(new TagRequest(
                version.number().tag(),
                version.commit(),
                version.tagMessage(),
                version.createdBy(),
                version.createdAt()));
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

    @Override
    public Optional<String> problem(Version version) {
        String name = version.number().tag();
        Optional<Tag> tag = repository.tags().stream()
                .filter(found -> found.name().equals(name))
                .findFirst();
        if (tag.isEmpty()) {
            return Optional.of("Tag " + name + " is gone");
        }
        if (!tag.get().commit().equals(version.commit())) {
            return Optional.of("Tag " + name + " was moved from " + version.commit() + " to "
                    + tag.get().commit());
        }
        return itemProblem(version);
    }

    /** Compares item by item: kinds that were configured since do not make an older version wrong. */
    private Optional<String> itemProblem(Version version) {
        Optional<Manifest> kept = engine.reader().manifest(version.manifest());
        if (kept.filter(manifest -> manifest.digest().equals(version.manifest()))
                .isEmpty()) {
            return Optional.of("The manifest of " + version.number() + " is gone or was altered in the store");
        }
        Map<String, Item> found = repository.manifest(version.commit(), kinds).byPath();
        return kept.get().items().stream()
                .filter(item -> !digest(version.commit(), item, found).equals(item.digest()))
                .findFirst()
                .map(item -> "Item " + item.id() + " of " + version.number()
                        + " has other bytes at the tagged commit than when it was published");
    }

    private Digest digest(CommitId commit, Item published, Map<String, Item> found) {
        Item item = found.get(published.id().path());
        if (item != null) {
            return item.digest();
        }
        MessageDigest sha256 = Digest.sha256();
        try (InputStream bytes = repository.open(commit, published.id().path());
                OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
            bytes.transferTo(sink);
        } catch (IOException e) {
            throw AdapterException.passing("Item " + published.id() + " at " + commit + " could not be read", e);
        }
        return Digest.of(sha256.digest());
    }

    private VersionId draft(Proposal proposal, Actor maker) {
        VersionId id = new VersionId(engine.newId());
        return engine.execute(maker, Optional.empty(), unit -> {
            VersionEvent.Drafted draft = withStowaways(unit, proposal);
            String tag = draft.number().uniqueTag();
            Optional<Version> newest =
                    unit.committed().newestVersion(draft.number().line()).map(unit::get);
            boolean stale = !newest.map(Version::id).equals(draft.previous());
            if (stale) {
                throw new RefusedException(
                        "version.stale",
                        id.reference(),
                        tag + " was proposed before "
                                + newest.map(version -> version.number().tag()).orElse("nothing")
                                + " became the newest version",
                        List.of("propose again"));
            }
            requireFinished(newest, id, tag);
            boolean taken = unit.committed().versionTagged(tag).isPresent();
            List<DomainEvent> events = unit.accepted(id, VersionRules.draft(draft, taken, newest.map(Version::number)));
            proposal.sets().forEach(proposed -> requireUnchanged(unit, proposed, tag));
            draft.changeSets()
                    .forEach(set -> unit.decide(
                            ChangeSetMachine.MACHINE, set, current -> ChangeSetRules.version(current, tag)));
            unit.keep(proposal.manifest());
            Version version = unit.record(VersionMachine.MACHINE, id, events);
            unit.keep(id, proposal.attribution().changes());
            return version.id();
        });
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

    private VersionEvent.Drafted withStowaways(UnitOfWork unit, Proposal proposal) {
        VersionEvent.Drafted draft = proposal.draft();
        Attribution.Result attribution = proposal.attribution();
        boolean clean =
                attribution.stowaways().isEmpty() && attribution.unattributed().isEmpty();
        if (draft.previous().isEmpty() || clean || stowaways == Stowaways.WARN) {
            return draft;
        }
        if (stowaways == Stowaways.FAIL) {
            throw new RefusedException(
                    "version.stowaways",
                    draft.number().uniqueTag(),
                    StowawayReport.text(proposal),
                    List.of("add them to a change set", "configure stowaways ADOPT or WARN"));
        }
        return adopt(unit, proposal);
    }

    private VersionEvent.Drafted adopt(UnitOfWork unit, Proposal proposal) {
        VersionEvent.Drafted draft = proposal.draft();
        List<Long> free = proposal.attribution().stowaways().stream()
                .filter(number -> Optional.ofNullable(proposal.pullRequests().get(number))
                        .flatMap(pr -> unit.committed().changeSetOf(pr.id()))
                        .isEmpty())
                .toList();
        if (free.isEmpty()) {
            return draft;
        }
        ChangeSetId set = new ChangeSetId(unit.newId());
        unit.record(
                ChangeSetMachine.MACHINE,
                set,
                new ChangeSetEvent.Created("Uncategorised", "Changes that rode along", ChangeType.OTHER, free),
                new ChangeSetEvent.Readied());
        return new VersionEvent.Drafted(
                draft.number(),
                draft.bump(),
                draft.bumpReason(),
                draft.commit(),
                draft.previous(),
                Stream.concat(draft.changeSets().stream(), Stream.of(set)).toList(),
                draft.pullRequests(),
                draft.manifest(),
                draft.items(),
                draft.changedItems(),
                draft.notes());
    }

    private void discard(Version version, Actor actor, String why) {
        engine.execute(actor, Optional.of(why), unit -> {
            String tag = version.number().uniqueTag();
            Version discarded = unit.decide(VersionMachine.MACHINE, version.id(), VersionRules::discard);
            version.changeSets()
                    .forEach(set -> unit.record(ChangeSetMachine.MACHINE, set, new ChangeSetEvent.Unversioned(tag)));
            return discarded;
        });
    }

    private static Optional<String> conflict(Version version, TagOutcome outcome) {
        if (outcome instanceof TagOutcome.NotAllowed refused) {
            return Optional.of("Tag " + version.number().tag() + " is not allowed: " + refused.reason());
        }
        if (outcome instanceof TagOutcome.Exists exists) {
            Tag tag = exists.tag();
            boolean ours = tag.commit().equals(version.commit())
                    && tag.message().contains(Version.MANIFEST_TRAILER + ": " + version.manifest());
            return ours
                    ? Optional.empty()
                    : Optional.of("Tag " + tag.name() + " exists already at commit " + tag.commit()
                            + " and is not this version's");
        }
        return Optional.empty();
    }
}
