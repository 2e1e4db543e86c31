package io.github.releasepipeline.jgit;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagOutcome;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;

/**
 * The remote that tags are pushed to. A push creates the tag only if the remote has none of the name.
 *
 * <p>Errors of the connection are told without the remote's address, which may hold a token.
 */
final class TagRemote {
    private static final int TIMEOUT_SECONDS = 60;

    private final OpenRepository repository;
    private final String remote;
    private final Optional<CredentialsProvider> credentials;

    TagRemote(OpenRepository repository, String remote, Optional<CredentialsProvider> credentials) {
        this.repository = repository;
        this.remote = remote;
        this.credentials = credentials;
    }

    /** Pushes a tag; empty when the remote has this very tag now, otherwise why not. */
    Optional<TagOutcome> push(String refName, ObjectId object) throws IOException {
        return connected(transport -> {
            RemoteRefUpdate update =
                    new RemoteRefUpdate(repository.jgit(), refName, object, refName, false, null, ObjectId.zeroId());
            transport.push(NullProgressMonitor.INSTANCE, List.of(update));
            return switch (update.getStatus()) {
                case OK, UP_TO_DATE -> Optional.empty();
                case REJECTED_REMOTE_CHANGED, REJECTED_NODELETE, REJECTED_NONFASTFORWARD -> taken(refName, object);
                case REJECTED_OTHER_REASON ->
                    // A server that lost the race itself answers so, too.
                    remoteObject(refName).isPresent()
                            ? taken(refName, object)
                            : Optional.of(new TagOutcome.NotAllowed(
                                    remote + " does not accept the tag: " + update.getMessage()));
                case NOT_ATTEMPTED, AWAITING_REPORT, NON_EXISTING ->
                    throw AdapterException.passing(
                            "Whether " + remote + " has " + refName + " now is not known; repeat the call", null);
            };
        });
    }

    private Optional<TagOutcome> taken(String refName, ObjectId object) throws IOException {
        ObjectId theirs = remoteObject(refName)
                .orElseThrow(() -> AdapterException.passing(
                        remote + " refused " + refName + " and does not show it; repeat the call", null));
        if (theirs.equals(object)) {
            return Optional.empty();
        }
        connected(transport -> {
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
        return connected(transport -> {
            try (FetchConnection connection = transport.openFetch()) {
                Ref ref = connection.getRef(refName);
                return ref == null ? Optional.empty() : Optional.ofNullable(ref.getObjectId());
            }
        });
    }

    private interface Talk<T> {
        T with(Transport transport) throws IOException;
    }

    private <T> T connected(Talk<T> talk) throws IOException {
        try (Transport transport = Transport.open(repository.jgit(), remote)) {
            transport.setTimeout(TIMEOUT_SECONDS);
            credentials.ifPresent(transport::setCredentialsProvider);
            return talk.with(transport);
        } catch (NotSupportedException | URISyntaxException e) {
            throw AdapterException.lasting("The remote '" + remote + "' cannot be used: " + withoutUser(e), null);
        } catch (TransportException e) {
            throw refusesUs(e)
                    ? AdapterException.lasting(
                            "The remote '" + remote + "' does not let us in; check the credentials", null)
                    : AdapterException.passing(
                            "The remote '" + remote + "' cannot be reached: " + withoutUser(e), null);
        }
    }

    private static boolean refusesUs(TransportException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("not authorized")
                || message.contains("Authentication is required")
                || message.contains("not permitted");
    }

    /** JGit's messages begin with the address, which may hold a token as user or password. */
    private static String withoutUser(Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("//[^/@\\s]*@", "//").replaceAll("\\?\\S*", "");
    }

    @Override
    public String toString() {
        return remote;
    }
}
