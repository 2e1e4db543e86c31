package io.github.releasepipeline.error;

import org.jspecify.annotations.Nullable;

/**
 * Somebody else changed the same thing first. A store throws it when a revision does not match or a unique key was taken;
 * the engine then repeats the whole decision. A caller sees it only when the engine's attempts are used up.
 */
public final class ConcurrentUpdateException extends PipelineException {
    private static final long serialVersionUID = 1L;

    /** @param subject what was changed by somebody else */
    public ConcurrentUpdateException(String subject) {
        this(subject, null);
    }

    /**
     * @param subject what was changed by somebody else
     * @param cause the store's own error, if there was one
     */
    public ConcurrentUpdateException(String subject, @Nullable Throwable cause) {
        super(subject + " was changed by somebody else at the same moment; try again", cause);
    }
}
