package io.github.releasepipeline.jgit;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagOutcome;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.TagOpt;

/** The remote that tags are pushed to. A push creates the tag only if the remote has none of the name. */
final class TagRemote {
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MILLIS = 50;
    private static final Pattern LOCKED =
            Pattern.compile("failed to lock|lock error|cannot lock|unable to lock|failed to update ref");

    private final OpenRepository repository;
    private final Remote remote;

    TagRemote(Remote remote) {
        this.repository = remote.repository();
        this.remote = remote;
    }

    /** Pushes a tag; empty when the remote has this very tag now, otherwise why not. */
    Optional<TagOutcome> push(String refName, ObjectId object) throws IOException {
        RemoteRefUpdate update = pushOnce(refName, object);
        for (int attempt = 1; attempt < ATTEMPTS && isLocked(update); attempt++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            update = pushOnce(refName, object);
        }
        return switch (update.getStatus()) {
            case OK, UP_TO_DATE -> Optional.empty();
            case REJECTED_REMOTE_CHANGED, REJECTED_NODELETE, REJECTED_NONFASTFORWARD -> taken(refName, object);
            case REJECTED_OTHER_REASON ->
                // A server that lost the race itself answers so, too.
                isLocked(update) || remoteObject(refName).isPresent()
                        ? taken(refName, object)
                        : Optional.of(
                                new TagOutcome.NotAllowed(remote + " does not accept the tag: " + update.getMessage()));
            case NOT_ATTEMPTED, AWAITING_REPORT, NON_EXISTING ->
                throw AdapterException.passing(
                        "Whether " + remote + " has " + refName + " now is not known; repeat the call", null);
        };
    }

    private RemoteRefUpdate pushOnce(String refName, ObjectId object) throws IOException {
        return remote.connected(transport -> {
            RemoteRefUpdate update =
                    new RemoteRefUpdate(repository.jgit(), refName, object, refName, false, null, ObjectId.zeroId());
            transport.push(NullProgressMonitor.INSTANCE, List.of(update));
            return update;
        });
    }

    /** Somebody else is writing the ref: nothing is decided yet. */
    private static boolean isLocked(RemoteRefUpdate update) {
        String message = Objects.toString(update.getMessage(), "");
        return update.getStatus() == RemoteRefUpdate.Status.REJECTED_OTHER_REASON
                && LOCKED.matcher(message).find();
    }

    private Optional<TagOutcome> taken(String refName, ObjectId object) throws IOException {
        ObjectId theirs = remoteObject(refName)
                .orElseThrow(() -> AdapterException.passing(
                        remote + " refused " + refName + " and does not show it; repeat the call", null));
        if (theirs.equals(object)) {
            return Optional.empty();
        }
        remote.connected(transport -> {
            transport.setTagOpt(TagOpt.NO_TAGS);
            // Without a destination: the objects come, no ref of this repository changes.
            return transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec(refName)));
        });
        Optional<Tag> tag = new Tags(repository).read(refName, theirs);
        return Optional.of(
                tag.isPresent()
                        ? new TagOutcome.Exists(tag.get())
                        : new TagOutcome.NotAllowed(
                                refName + " in " + remote + " is a tag of something that is no commit"));
    }

    private Optional<ObjectId> remoteObject(String refName) throws IOException {
        return remote.connected(transport -> {
            try (FetchConnection connection = transport.openFetch()) {
                Ref ref = connection.getRef(refName);
                return ref == null ? Optional.empty() : Optional.ofNullable(ref.getObjectId());
            }
        });
    }

    @Override
    public String toString() {
        return remote.name();
    }
}
