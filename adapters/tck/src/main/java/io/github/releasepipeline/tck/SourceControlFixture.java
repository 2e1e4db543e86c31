package io.github.releasepipeline.tck;

import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.source.SourceControl;
import java.util.List;
import java.util.Map;

/**
 * A repository whose default branch {@code main} has one commit without items, and what {@link SourceControlContract}
 * needs to do in the provider as its users would.
 */
public interface SourceControlFixture extends AutoCloseable {
    /** The kinds that the facts use. */
    List<ItemKind> KINDS =
            List.of(ItemKind.of("workflow", "workflows/**/*.json"), ItemKind.of("agent", "agents/**/*.json"));

    /**
     * What somebody proposes.
     *
     * @param title one line
     * @param author as the provider shall name them
     * @param labels in order
     * @param draft whether it is not ready for review
     * @param files what the proposal adds to or changes on {@code main}: path to text
     */
    record Proposal(String title, String author, List<String> labels, boolean draft, Map<String, String> files) {
        /** Copies the collections. */
        public Proposal {
            labels = List.copyOf(labels);
            files = Map.copyOf(files);
        }

        /** A proposal by {@code alice}, ready for review, without labels. */
        public static Proposal of(String title, Map<String, String> files) {
            return new Proposal(title, "alice", List.of(), false, files);
        }
    }

    /**
     * The port under test, with the kinds of {@link #KINDS}; one needed approval where that can be
     * set. The same one at each call.
     */
    SourceControl sourceControl();

    /** Somebody commits to {@code main} without a pull request: path to text. */
    CommitId commitToMain(Map<String, String> files);

    /**
     * Somebody opens a pull request of one commit on top of {@code main}.
     *
     * @return its number
     */
    long open(Proposal proposal);

    /** Somebody adds a commit to an open pull request. The answer is its new head. */
    CommitId push(long number, Map<String, String> files);

    /**
     * Somebody gives their opinion on the head of an open pull request.
     *
     * @param opinion {@code APPROVED} or {@code CHANGES_REQUESTED}
     * @return the head it counts for: another one than before where the provider keeps reviews in commits
     */
    CommitId review(long number, String reviewer, ReviewSummary.Decision opinion);

    /** Somebody else merges an open pull request, with a merge commit. */
    void mergeElsewhere(long number);

    /** Somebody ends an open pull request without merging it. */
    void close(long number);

    @Override
    void close();
}
