package io.github.releasepipeline.examples.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.github.GHCheckRun;
import org.kohsuke.github.GHCommitState;
import org.kohsuke.github.GHCommitStatus;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHPullRequestReview;
import org.kohsuke.github.GHPullRequestReviewState;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHubBuilder;

/** The table by github-api, as its documentation shows: a list, and for each row what only its own pages tell. */
final class Hub4j {
    private Hub4j() {}

    static List<Row> read(URI server) throws IOException {
        GHRepository repository = new GitHubBuilder()
                .withEndpoint(server.toString())
                .withOAuthToken("token")
                .build()
                .getRepository("acme/flows");
        List<Row> rows = new ArrayList<>();
        for (GHPullRequest pull :
                repository.queryPullRequests().state(GHIssueState.OPEN).list().withPageSize(100)) {
            rows.add(row(repository, pull));
        }
        return rows;
    }

    private static Row row(GHRepository repository, GHPullRequest pull) throws IOException {
        String head = pull.getHead().getSha();
        List<GHPullRequestReview> reviews = pull.listReviews().toList();
        List<GHCheckRun> runs = repository.getCheckRuns(head).toList();
        List<GHCommitStatus> statuses = repository.listCommitStatuses(head).toList();
        long passed = runs.stream()
                        .filter(run -> run.getConclusion() == GHCheckRun.Conclusion.SUCCESS)
                        .count()
                + statuses.stream()
                        .filter(status -> status.getState() == GHCommitState.SUCCESS)
                        .count();
        return new Row(
                pull.getNumber(),
                pull.getTitle(),
                pull.getUser().getLogin(),
                pull.getLabels().size(),
                (int) reviews.stream()
                        .filter(review -> review.getState() == GHPullRequestReviewState.APPROVED)
                        .count(),
                (int) passed,
                runs.size() + statuses.size(),
                pull.listFiles().toList().size());
    }
}
