package io.github.releasepipeline.core.version;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionProblem;
import io.github.releasepipeline.version.VersionProblem.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares versions with the Git repository and with the kept manifests. What cannot be read for now is an error; what is
 * gone or different for good is a problem.
 */
public final class VersionProof implements VersionCheck {
    private final Engine engine;
    private final ItemRepository repository;
    private final List<ItemKind> kinds;

    /** @param kinds what belongs to a manifest today; may be more than when a version was published */
    public VersionProof(Engine engine, ItemRepository repository, List<ItemKind> kinds) {
        this.engine = engine;
        this.repository = repository;
        this.kinds = List.copyOf(kinds);
    }

    /** Whether a tag is the one that the publishing of a version makes. */
    static boolean isMadeFor(Version version, Tag tag) {
        String trailer = Version.MANIFEST_TRAILER + ": " + version.manifest();
        return tag.commit().equals(version.commit())
                && tag.message().lines().anyMatch(line -> line.strip().equals(trailer));
    }

    /** Believes the repository when it tells the digests of items: they are read again when they are deployed. */
    @Override
    public List<VersionProblem> problems(Version version) {
        return problems(version, this::told);
    }

    /** The same with every item read, byte by byte. */
    public List<VersionProblem> thoroughly(Version version) {
        return problems(version, commit -> Map.of());
    }

    private List<VersionProblem> problems(Version version, Function<CommitId, Map<String, Item>> known) {
        List<VersionProblem> problems = new ArrayList<>();
        tagProblem(version).ifPresent(problems::add);
        problems.addAll(itemProblems(version, known));
        return List.copyOf(problems);
    }

    private Optional<VersionProblem> tagProblem(Version version) {
        String name = version.number().tag();
        Optional<Tag> tag = repository.tags().stream()
                .filter(found -> found.name().equals(name))
                .findFirst();
        if (tag.isEmpty()) {
            return Optional.of(new VersionProblem(Kind.TAG_MISSING, "Tag " + name + " is gone"));
        }
        if (!tag.get().commit().equals(version.commit())) {
            return Optional.of(new VersionProblem(
                    Kind.TAG_MOVED,
                    "Tag " + name + " was moved from " + version.commit() + " to "
                            + tag.get().commit()));
        }
        return version.isImported() || isMadeFor(version, tag.get())
                ? Optional.empty()
                : Optional.of(new VersionProblem(
                        Kind.TAG_FOREIGN,
                        "Tag " + name + " was made anew: it does not carry the digest of the manifest, "
                                + version.manifest()));
    }

    private List<VersionProblem> itemProblems(Version version, Function<CommitId, Map<String, Item>> known) {
        Optional<Manifest> kept;
        try {
            kept = engine.reader().manifest(version.manifest());
        } catch (AdapterException e) {
            return List.of(lasting(e, Kind.MANIFEST_ALTERED));
        }
        if (kept.isEmpty()) {
            return List.of(new VersionProblem(
                    Kind.MANIFEST_MISSING, "The manifest of " + version.number() + " is gone from the store"));
        }
        if (!kept.get().digest().equals(version.manifest())) {
            return List.of(new VersionProblem(
                    Kind.MANIFEST_ALTERED, "The manifest of " + version.number() + " was altered in the store"));
        }
        try {
            repository.resolve(version.commit().hex());
        } catch (NotFoundException e) {
            return List.of(new VersionProblem(
                    Kind.COMMIT_MISSING,
                    "Commit " + version.commit() + " of " + version.number() + " is not in the repository"));
        }
        return compared(version.commit(), kept.get(), known.apply(version.commit()));
    }

    /** Item by item: kinds that were configured since do not make an older version wrong. */
    private List<VersionProblem> compared(CommitId commit, Manifest published, Map<String, Item> found) {
        return published.items().stream()
                .flatMap(item -> compared(
                        commit, item, Optional.ofNullable(found.get(item.id().path())))
                        .stream())
                .toList();
    }

    private Map<String, Item> told(CommitId commit) {
        try {
            return repository.manifest(commit, kinds).byPath();
        } catch (AdapterException e) {
            lasting(e, Kind.ITEM_MISSING);
            return Map.of(); // one of the items cannot be read: each is looked at on its own
        }
    }

    private Optional<VersionProblem> compared(CommitId commit, Item published, Optional<Item> found) {
        try {
            Digest digest = found.map(Item::digest).orElseGet(() -> digest(commit, published));
            return digest.equals(published.digest())
                    ? Optional.empty()
                    : Optional.of(new VersionProblem(
                            Kind.ITEM_CHANGED,
                            "Item " + published.id() + " has other bytes at commit " + commit
                                    + " than when it was published"));
        } catch (NotFoundException e) {
            return Optional.of(
                    new VersionProblem(Kind.ITEM_MISSING, "Item " + published.id() + " is not at commit " + commit));
        } catch (AdapterException e) {
            return Optional.of(lasting(e, Kind.ITEM_MISSING));
        }
    }

    private Digest digest(CommitId commit, Item published) {
        MessageDigest sha256 = Digest.sha256();
        try (InputStream bytes = repository.open(commit, published.id().path());
                OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
            bytes.transferTo(sink);
        } catch (IOException e) {
            throw AdapterException.passing("Item " + published.id() + " at " + commit + " could not be read", e);
        }
        return Digest.of(sha256.digest());
    }

    private static VersionProblem lasting(AdapterException e, Kind kind) {
        if (e.retryable()) {
            throw e;
        }
        return new VersionProblem(kind, String.valueOf(e.getMessage()));
    }
}
