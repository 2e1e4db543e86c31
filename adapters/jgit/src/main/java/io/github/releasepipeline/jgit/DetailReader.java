package io.github.releasepipeline.jgit;

import io.github.releasepipeline.source.Activity;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestDetail;
import io.github.releasepipeline.source.ReviewSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Adds description and activity to a pull request. Each commit is a push, as far as Git can tell. */
final class DetailReader {
    /** Of more commits, the newest are told. */
    private static final int MAX_PUSHES = 250;

    private final OpenRepository repository;
    private final ObjectReader reader;

    DetailReader(OpenRepository repository, ObjectReader reader) {
        this.repository = repository;
        this.reader = reader;
    }

    /** @param tip of the branch that it is proposed for */
    PullRequestDetail proposed(PullRequest pullRequest, ObjectId tip) throws IOException {
        return detail(pullRequest, ObjectIds.of(pullRequest.head()), tip);
    }

    PullRequestDetail merged(PullRequest pullRequest, Merged entry) throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            RevCommit merge = walk.parseCommit(entry.merge());
            return detail(pullRequest, merge.getParentCount() > 1 ? merge.getParent(1) : merge, entry.base());
        }
    }

    private PullRequestDetail detail(PullRequest pullRequest, ObjectId head, ObjectId base) throws IOException {
        CommitGraph graph = CommitGraph.read(repository, reader, List.of(head), List.of(base));
        List<Activity> activity = new ArrayList<>();
        String description = "";
        try (RevWalk walk = new RevWalk(reader)) {
            for (int i = Math.min(graph.size(), MAX_PUSHES) - 1; i >= 0; i--) {
                RevCommit commit = walk.parseCommit(graph.commit(i));
                activity.add(new Activity(
                        PullRequestReader.committed(commit),
                        Person.name(commit.getCommitterIdent()),
                        "pushed",
                        commit.abbreviate(10).name() + " " + Message.of(commit).subject()));
                commit.disposeBody();
            }
            if (graph.size() > 0) {
                RevCommit oldest = walk.parseCommit(graph.commit(graph.size() - 1));
                walk.parseBody(oldest);
                description = Message.of(oldest).body();
            }
        }
        activity.addAll(onHead(pullRequest));
        activity.sort(Comparator.comparing(Activity::at));
        if (pullRequest.progress() instanceof Progress.Merged merged) {
            activity.add(new Activity(
                    merged.at(),
                    merged.by().orElse(Person.GHOST),
                    "merged",
                    merged.range().merge().abbreviated()));
            activity.sort(Comparator.comparing(Activity::at)); // stable: at the same second the merge comes last
        }
        return new PullRequestDetail(pullRequest, description, activity);
    }

    private static List<Activity> onHead(PullRequest pullRequest) {
        List<Activity> activity = new ArrayList<>();
        activity.add(new Activity(pullRequest.createdAt(), pullRequest.author(), "opened", ""));
        for (ReviewSummary.Review review : pullRequest.review().reviews()) {
            String type = review.decision().name().toLowerCase(Locale.ROOT).replace('_', '-');
            activity.add(new Activity(review.at(), review.reviewer(), type, ""));
        }
        pullRequest
                .checks()
                .checks()
                .forEach(check -> activity.add(new Activity(
                        pullRequest.updatedAt(), check.name(), "checked", check.rawStatus() + " " + check.summary())));
        return activity;
    }
}
