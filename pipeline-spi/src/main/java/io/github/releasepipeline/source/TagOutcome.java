package io.github.releasepipeline.source;

/** What came of an order to create a tag. */
public sealed interface TagOutcome {
    /**
     * There was none, now there is.
     *
     * @param tag as created
     */
    record Created(Tag tag) implements TagOutcome {}

    /**
     * There is one of this name, here or in the remote; it was left as it is.
     *
     * @param tag as found
     */
    record Exists(Tag tag) implements TagOutcome {}

    /**
     * The repository does not accept such a tag.
     *
     * @param reason its words
     */
    record NotAllowed(String reason) implements TagOutcome {}
}
