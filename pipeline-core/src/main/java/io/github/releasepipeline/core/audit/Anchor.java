package io.github.releasepipeline.core.audit;

import io.github.releasepipeline.audit.Checkpoint;
import io.github.releasepipeline.source.Tag;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A checkpoint as the message of a tag remembers it.
 *
 * @param tag the tag's name
 * @param number of the checkpoint
 * @param hash of the checkpoint, as text
 */
public record Anchor(String tag, long number, String hash) {
    private static final Pattern TRAILER =
            Pattern.compile("^" + Checkpoint.TRAILER + ": ([0-9]{1,18}) ([0-9a-f]{64})$", Pattern.MULTILINE);

    /** What a tag anchors; the last one if there are several, as a trailer follows the text that people write. */
    public static Optional<Anchor> of(Tag tag) {
        return TRAILER.matcher(tag.message().replace("\r\n", "\n"))
                .results()
                .map(found -> new Anchor(tag.name(), Long.parseLong(found.group(1)), found.group(2)))
                .reduce((earlier, later) -> later);
    }
}
