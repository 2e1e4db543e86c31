package io.github.releasepipeline.jgit;

import io.github.releasepipeline.error.AdapterException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.Transport;

/**
 * A remote of the repository's configuration. Errors of the connection are told without the remote's address, which may
 * hold a token.
 *
 * @param name as the configuration names it
 * @param longest after so long the caller is told that there is no answer
 */
record Remote(OpenRepository repository, String name, Optional<CredentialsProvider> credentials, Duration longest) {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int SILENCE_SECONDS = 60;

    Remote(OpenRepository repository, String name, Optional<CredentialsProvider> credentials) {
        this(repository, name, credentials, LONGEST);
    }

    interface Talk<T> {
        T with(Transport transport) throws IOException;
    }

    /**
     * Talks on a thread of its own: some of JGit's transports wait for ever in a read that nothing interrupts, and the
     * caller must not.
     */
    <T> T connected(Talk<T> talk) throws IOException {
        FutureTask<T> task = new FutureTask<>(() -> talking(talk));
        Thread thread = new Thread(task, "git-remote-" + name);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw AdapterException.passing(
                    "The remote '" + name + "' gave no answer within " + longest.toSeconds() + " seconds", null);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw AdapterException.passing("Talking to the remote '" + name + "' was interrupted", null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private <T> T talking(Talk<T> talk) throws IOException {
        try (Transport transport = Transport.open(repository.jgit(), name)) {
            transport.setTimeout(SILENCE_SECONDS);
            credentials.ifPresent(transport::setCredentialsProvider);
            return talk.with(transport);
        } catch (NotSupportedException | URISyntaxException e) {
            throw AdapterException.lasting("The remote '" + name + "' cannot be used: " + withoutUser(e), null);
        } catch (TransportException e) {
            throw refusesUs(e)
                    ? AdapterException.lasting(
                            "The remote '" + name + "' does not let us in; check the credentials", null)
                    : AdapterException.passing("The remote '" + name + "' cannot be reached: " + withoutUser(e), null);
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
        return name;
    }
}
