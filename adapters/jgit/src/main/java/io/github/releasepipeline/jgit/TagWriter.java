package io.github.releasepipeline.jgit;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagOutcome;
import io.github.releasepipeline.source.TagRequest;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Creates annotated tags and never moves one.
 *
 * <p>The local tag comes first, then the push. A call that finds the very tag it would make (same commit, same message)
 * pushes that tag object again, so a crash between the two is completed by the next call. If the remote has another tag
 * of the name, the local tag is taken away again, but only if this call made it.
 */
final class TagWriter {
    private final OpenRepository repository;
    private final Tags tags;
    private final Optional<TagRemote> remote;

    TagWriter(OpenRepository repository, Optional<TagRemote> remote) {
        this.repository = repository;
        this.tags = new Tags(repository);
        this.remote = remote;
    }

    TagOutcome create(TagRequest request) throws IOException {
        String refName = Constants.R_TAGS + request.name();
        if (request.name().startsWith("-") || !Repository.isValidRefName(refName)) {
            throw new IllegalArgumentException("'" + request.name() + "' cannot be the name of a Git tag");
        }
        try (RevWalk walk = repository.walk()) {
            repository.commit(walk, request.commit());
        }
        Optional<ObjectId> existing = tags.object(refName);
        if (existing.isPresent()) {
            return exists(request, refName, existing.get());
        }
        Collection<String> conflicting = repository.jgit().getRefDatabase().getConflictingNames(refName);
        if (!conflicting.isEmpty()) {
            return new TagOutcome.NotAllowed("'" + request.name() + "' cannot be beside " + conflicting);
        }
        return createLocally(request, refName);
    }

    private TagOutcome exists(TagRequest request, String refName, ObjectId object) throws IOException {
        Optional<Tag> local = tags.read(refName, object);
        if (local.isEmpty()) {
            return new TagOutcome.NotAllowed("'" + request.name() + "' is a tag of something that is no commit");
        }
        boolean same = local.get().commit().equals(request.commit())
                && local.get().message().equals(request.message());
        if (same && remote.isPresent()) {
            Optional<TagOutcome> refused = remote.get().push(refName, object);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        return new TagOutcome.Exists(local.get());
    }

    private TagOutcome createLocally(TagRequest request, String refName) throws IOException {
        ObjectId object = insert(request);
        RefUpdate.Result result = RefLock.waiting(
                () -> {
                    RefUpdate update = repository.durable().updateRef(refName);
                    update.setExpectedOldObjectId(ObjectId.zeroId());
                    update.setNewObjectId(object);
                    update.setRefLogMessage("tag: " + request.name(), false);
                    return update.update();
                },
                () -> repository.jgit().exactRef(refName) == null);
        if (result != RefUpdate.Result.NEW) {
            return lost(request, refName, result);
        }
        Durable.sync(repository.jgit(), refName, List.of(object));
        Optional<TagOutcome> refused = remote.isPresent() ? remote.get().push(refName, object) : Optional.empty();
        if (refused.isPresent()) {
            takeAway(refName, object);
            return refused.get();
        }
        return new TagOutcome.Created(tags.read(refName, object).orElseThrow());
    }

    /** Somebody else was quicker, perhaps with a lock only. */
    private TagOutcome lost(TagRequest request, String refName, RefUpdate.Result result) throws IOException {
        Optional<ObjectId> winner = tags.object(refName);
        if (winner.isPresent()) {
            return exists(request, refName, winner.get());
        }
        throw AdapterException.passing(
                "Tag '" + request.name() + "' could not be created (" + result
                        + "); if no other process writes tags here, " + refName
                        + ".lock was left behind and can be deleted",
                null);
    }

    private ObjectId insert(TagRequest request) throws IOException {
        TagBuilder tag = new TagBuilder();
        tag.setTag(request.name());
        tag.setObjectId(ObjectIds.of(request.commit()), Constants.OBJ_COMMIT);
        tag.setTagger(Person.of(request.by(), request.at()));
        tag.setMessage(request.message());
        try (ObjectInserter inserter = repository.durable().newObjectInserter()) {
            ObjectId id = inserter.insert(tag);
            inserter.flush();
            return id;
        }
    }

    private void takeAway(String refName, ObjectId object) throws IOException {
        RefUpdate.Result result = RefLock.waiting(
                () -> {
                    RefUpdate delete = repository.durable().updateRef(refName);
                    delete.setExpectedOldObjectId(object); // never somebody else's
                    delete.setForceUpdate(true);
                    return delete.delete();
                },
                () -> has(refName, object));
        if (result == RefUpdate.Result.LOCK_FAILURE && has(refName, object)) {
            throw AdapterException.passing(
                    refName + " is another tag in the remote, and the local one is locked by another process", null);
        }
    }

    private boolean has(String refName, ObjectId object) throws IOException {
        Ref ref = repository.jgit().exactRef(refName);
        return ref != null && object.equals(ref.getObjectId());
    }
}
