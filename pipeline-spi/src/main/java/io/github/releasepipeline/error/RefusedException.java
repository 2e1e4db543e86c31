package io.github.releasepipeline.error;

import java.util.List;

/** A rule refused a command. Nothing was changed. The caller may fix the named condition and ask again. */
public final class RefusedException extends PipelineException {
    private static final long serialVersionUID = 1L;

    private final String rule;
    private final String subject;

    @SuppressWarnings("serial") // the copy that is kept is serialisable
    private final List<String> allowed;

    /**
     * @param rule stable name of the rule that refused, for example {@code release.vote.requester}
     * @param subject what the command was about, for example {@code release:r-17}
     * @param message what was wrong, in a sentence for people
     * @param allowed what may be done instead; may be empty
     */
    public RefusedException(String rule, String subject, String message, List<String> allowed) {
        super(message + (allowed.isEmpty() ? "" : " (allowed now: " + String.join(", ", allowed) + ")"), null);
        this.rule = rule;
        this.subject = subject;
        this.allowed = List.copyOf(allowed);
    }

    /** Stable name of the rule that refused. */
    public String rule() {
        return rule;
    }

    /** What the command was about. */
    public String subject() {
        return subject;
    }

    /** What may be done instead, by name; may be empty. */
    public List<String> allowed() {
        return allowed;
    }
}
