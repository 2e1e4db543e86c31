package io.github.releasepipeline.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import io.github.releasepipeline.tck.SourceControlFixture.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenPullRequestsTest {
    private final Fixture fixture = new Fixture();

    @AfterEach
    void checkExchanges() {
        fixture.close();
    }

    @Test
    void only_what_is_open_is_read_and_all_of_it() {
        List<Long> open = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            open.add(fixture.open(Proposal.of("Number " + i, Map.of("workflows/" + i + ".json", "x"))));
        }
        fixture.review(open.get(0), "bob", Decision.APPROVED);
        fixture.mergeElsewhere(open.remove(7));
        fixture.close(open.remove(9));

        assertThat(fixture.forge.gitHub.openPullRequests())
                .extracting(PullRequest::number)
                .containsExactlyInAnyOrderElementsOf(open);
    }
}
