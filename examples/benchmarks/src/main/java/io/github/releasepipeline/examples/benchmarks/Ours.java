package io.github.releasepipeline.examples.benchmarks;

import io.github.releasepipeline.github.GitHub;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestPage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table by this library. */
final class Ours {
    private Ours() {}

    static List<Row> read(URI server) {
        GitHub gitHub = GitHub.repository("acme/flows", "token").server(server);
        List<Row> rows = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        boolean complete = false;
        while (!complete) {
            PullRequestPage page = gitHub.changedSince(cursor, 100);
            page.changed().forEach(pull -> rows.add(row(pull)));
            cursor = Optional.of(page.cursor());
            complete = page.complete();
        }
        return rows;
    }

    private static Row row(PullRequest pull) {
        return new Row(
                pull.number(),
                pull.title(),
                pull.author(),
                pull.labels().size(),
                pull.review().given().orElse(0),
                pull.checks().passed(),
                pull.checks().total(),
                pull.items().size());
    }
}
