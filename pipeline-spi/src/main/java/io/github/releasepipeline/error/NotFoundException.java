package io.github.releasepipeline.error;

/** Something was asked for by an id that does not exist. Asking again does not help. */
public final class NotFoundException extends PipelineException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what the sort of thing, for example {@code release}
     * @param id the id that was not found
     */
    public NotFoundException(String what, String id) {
        super("There is no " + what + " '" + id + "'", null);
    }
}
