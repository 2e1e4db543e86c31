package io.github.releasepipeline.error;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A foreign system (database, forge, target, notifier) could not be used. Never a refusal by a rule. */
public final class AdapterException extends PipelineException {
    private static final long serialVersionUID = 1L;

    private final Trouble trouble;
    private final @Nullable Instant retryAt;

    private AdapterException(String message, Trouble trouble, @Nullable Instant retryAt, @Nullable Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
        this.retryAt = retryAt;
    }

    private enum Trouble {
        PASSING,
        PASSING_WITHOUT_EFFECT,
        LASTING
    }

    /** The same call may succeed later: a connection was lost, a server was busy, a quota was used up. */
    public static AdapterException passing(String message, @Nullable Throwable cause) {
        return new AdapterException(message, Trouble.PASSING, null, cause);
    }

    /**
     * The same call may succeed later, and it is certain that nothing came of this one: a connection was lost before the
     * commit. So it may be repeated whatever it does.
     */
    public static AdapterException withoutEffect(String message, @Nullable Throwable cause) {
        return new AdapterException(message, Trouble.PASSING_WITHOUT_EFFECT, null, cause);
    }

    /** The same call may succeed from a time on, which the foreign system told: a quota is used up, or it is closed. */
    public static AdapterException passingUntil(String message, Instant retryAt) {
        return new AdapterException(message, Trouble.PASSING, retryAt, null);
    }

    /** The same call will fail again until a person changes something: credentials, missing history, a corrupt file. */
    public static AdapterException lasting(String message, @Nullable Throwable cause) {
        return new AdapterException(message, Trouble.LASTING, null, cause);
    }

    /** Whether the same call may succeed later without anybody changing anything. */
    public boolean retryable() {
        return trouble != Trouble.LASTING;
    }

    /**
     * Whether it is certain that nothing came of the one call of the adapter that failed; if not, something may have. What is
     * made of several calls may have done some of them.
     */
    public boolean withoutEffect() {
        return trouble == Trouble.PASSING_WITHOUT_EFFECT;
    }

    /** When the same call may succeed; empty if nobody told. Calling earlier does no harm and fails again. */
    public Optional<Instant> retryAt() {
        return Optional.ofNullable(retryAt);
    }
}
