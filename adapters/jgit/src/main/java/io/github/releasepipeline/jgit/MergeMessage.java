package io.github.releasepipeline.jgit;

import io.github.releasepipeline.source.PullRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Messages of the commits that this library merges with. Squashed and rebased commits carry as trailers what a merge
 * commit keeps in its second parent: the number, the merged head, labels, reviews and checks.
 */
final class MergeMessage {
    private static final String MERGED_HEAD = "Merged-Head";

    private MergeMessage() {}

    static String merge(PullRequest pullRequest, String branch) {
        return "Merge pull request #" + pullRequest.number() + " from " + branch + "\n\n" + pullRequest.title() + "\n";
    }

    static String squash(PullRequest pullRequest, Message head, String description) {
        return pullRequest.title() + " (#" + pullRequest.number() + ")\n\n"
                + (description.isBlank() ? "" : description + "\n\n")
                + trailers(pullRequest, Opinions.kept(head), Optional.of(ObjectIds.of(pullRequest.head())));
    }

    /** The same message again, with the number; the last commit carries the merged head. */
    static String rebased(PullRequest pullRequest, Message message, Optional<ObjectId> mergedHead) {
        Stream<String> own = message.trailers().stream()
                .filter(line -> !line.getKey().equalsIgnoreCase(MERGED_HEAD))
                .map(line -> line.getKey() + ": " + line.getValue());
        return message.subject() + "\n\n"
                + (message.body().isBlank() ? "" : message.body() + "\n\n")
                + trailers(pullRequest, own.toList(), mergedHead);
    }

    /** The head that a squashed or rebased commit was made from. */
    static Optional<ObjectId> mergedHead(Message message) {
        return message.lastTrailer(MERGED_HEAD).filter(ObjectId::isId).map(ObjectId::fromString);
    }

    private static String trailers(PullRequest pullRequest, List<String> kept, Optional<ObjectId> mergedHead) {
        return Stream.of(
                        kept.stream(),
                        Stream.of("Pull-Request: #" + pullRequest.number()),
                        mergedHead.stream().map(head -> MERGED_HEAD + ": " + head.name()))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
