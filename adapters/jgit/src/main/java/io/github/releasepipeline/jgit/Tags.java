package io.github.releasepipeline.jgit;

import io.github.releasepipeline.source.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/** Reads tags. */
final class Tags {
    private final OpenRepository repository;

    Tags(OpenRepository repository) {
        this.repository = repository;
    }

    /** Tags that point at commits, by name; tags of trees and blobs are left out. */
    List<Tag> all() throws IOException {
        List<Tag> tags = new ArrayList<>();
        try (RevWalk walk = repository.walk()) {
            for (Ref ref : repository.jgit().getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
                ObjectId object = ref.getObjectId();
                if (object != null) {
                    read(walk, ref.getName(), object).ifPresent(tags::add);
                }
            }
        }
        tags.sort(Comparator.comparing(Tag::name));
        return tags;
    }

    /** The tag of a full ref name. */
    Optional<Tag> find(String refName) throws IOException {
        Optional<ObjectId> object = object(refName);
        return object.isEmpty() ? Optional.empty() : read(refName, object.get());
    }

    /** What a full ref name points at. */
    Optional<ObjectId> object(String refName) throws IOException {
        Ref ref = repository.jgit().exactRef(refName);
        return ref == null ? Optional.empty() : Optional.ofNullable(ref.getObjectId());
    }

    /** A tag by its object: a tag object or, for a lightweight tag, a commit. */
    Optional<Tag> read(String refName, AnyObjectId object) throws IOException {
        try (RevWalk walk = repository.walk()) {
            return read(walk, refName, object);
        }
    }

    private static Optional<Tag> read(RevWalk walk, String refName, AnyObjectId id) throws IOException {
        RevObject object = walk.parseAny(id);
        RevObject peeled = walk.peel(object);
        if (!(peeled instanceof RevCommit commit)) {
            return Optional.empty();
        }
        String name = refName.substring(Constants.R_TAGS.length());
        Instant at = Instant.ofEpochSecond(commit.getCommitTime());
        if (!(object instanceof RevTag tag)) {
            return Optional.of(new Tag(name, ObjectIds.of(commit), "", Optional.empty(), at));
        }
        PersonIdent tagger = tag.getTaggerIdent(); // ancient tags have none
        return Optional.of(new Tag(
                name,
                ObjectIds.of(commit),
                tag.getFullMessage(),
                Optional.of(Person.name(tagger)),
                tagger == null ? at : tagger.getWhenAsInstant()));
    }
}
