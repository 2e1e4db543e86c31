package io.github.releasepipeline.error;

import org.jspecify.annotations.Nullable;

/**
 * Root of everything this library throws on purpose. A message says what happened, to which id, and what to do; it never
 * holds a secret and is safe to show to a user.
 */
public abstract sealed class PipelineException extends RuntimeException
        permits NotFoundException,
                RefusedException,
                ConcurrentUpdateException,
                AdapterException,
                ConfigurationException {
    private static final long serialVersionUID = 1L;

    PipelineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
