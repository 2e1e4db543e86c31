package io.github.releasepipeline.error;

import org.jspecify.annotations.Nullable;

/** A foreign system (database, forge, target, notifier) could not be used. Never a refusal by a rule. */
public final class AdapterException extends PipelineException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    private AdapterException(String message, boolean retryable, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** The same call may succeed later: a connection was lost, a server was busy, a quota was used up. */
    public static AdapterException passing(String message, @Nullable Throwable cause) {
        return new AdapterException(message, true, cause);
    }

    /** The same call will fail again until a person changes something: credentials, missing history, a corrupt file. */
    public static AdapterException lasting(String message, @Nullable Throwable cause) {
        return new AdapterException(message, false, cause);
    }

    /** Whether the same call may succeed later without anybody changing anything. */
    public boolean retryable() {
        return retryable;
    }
}
