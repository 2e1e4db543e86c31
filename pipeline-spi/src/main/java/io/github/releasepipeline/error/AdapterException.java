package io.github.releasepipeline.error;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A foreign system (database, forge, target, notifier) could not be used. Never a refusal by a rule. */
public final class AdapterException extends PipelineException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final @Nullable Instant retryAt;

    private AdapterException(String message, boolean retryable, @Nullable Instant retryAt, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
        this.retryAt = retryAt;
    }

    /** The same call may succeed later: a connection was lost, a server was busy, a quota was used up. */
    public static AdapterException passing(String message, @Nullable Throwable cause) {
        return new AdapterException(message, true, null, cause);
    }

    /** The same call may succeed from a time on, which the foreign system told: a quota is used up, or it is closed. */
    public static AdapterException passingUntil(String message, Instant retryAt) {
        return new AdapterException(message, true, retryAt, null);
    }

    /** The same call will fail again until a person changes something: credentials, missing history, a corrupt file. */
    public static AdapterException lasting(String message, @Nullable Throwable cause) {
        return new AdapterException(message, false, null, cause);
    }

    /** Whether the same call may succeed later without anybody changing anything. */
    public boolean retryable() {
        return retryable;
    }

    /** When the same call may succeed; empty if nobody told. Calling earlier does no harm and fails again. */
    public Optional<Instant> retryAt() {
        return Optional.ofNullable(retryAt);
    }
}
