package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.tck.SourceControlFixture.Proposal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the facts about source control share: a fixture for each fact, and following a cursor to its end. */
abstract class SourceControlFacts {
    static final List<ItemKind> KINDS = SourceControlFixture.KINDS;

    static final Map<String, String> INVOICE = Map.of("workflows/invoice.json", "{\"name\": \"invoice\"}\n");

    SourceControlFixture fixture;
    SourceControl control;

    @SuppressWarnings("NullAway.Init") // both fields are set before each fact
    SourceControlFacts() {}

    /** A new repository. */
    protected abstract SourceControlFixture newFixture();

    @BeforeEach
    final void openFixture() {
        fixture = newFixture();
        control = fixture.sourceControl();
    }

    @AfterEach
    final void closeFixture() {
        fixture.close();
    }

    final long open(String title, Map<String, String> files) {
        return fixture.open(Proposal.of(title, files));
    }

    final PullRequest read(long number) {
        return control.pullRequest(number).pullRequest();
    }

    /** The time of orders: now, in whole seconds as Git keeps them. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    final MergeOutcome merge(long number, CommitId expectedHead, MergeRequest.Method method) {
        return control.merge(
                new MergeRequest(number, expectedHead, Optional.of(method), Actor.user("maintainer"), now()));
    }

    /** All that changed since a cursor, by number, and the last cursor. */
    final Followed follow(Optional<String> cursor, int limit) {
        Map<Long, PullRequest> told = new LinkedHashMap<>();
        Optional<String> at = cursor;
        for (int page = 0; page < 1_000; page++) {
            PullRequestPage answer = control.changedSince(at, limit);
            assertThat(answer.changed()).hasSizeLessThanOrEqualTo(limit);
            assertThat(answer.changed()).extracting(PullRequest::number).doesNotHaveDuplicates();
            answer.changed().forEach(pullRequest -> told.put(pullRequest.number(), pullRequest));
            at = Optional.of(answer.cursor());
            if (answer.complete()) {
                return new Followed(told, answer.cursor());
            }
        }
        throw new AssertionError("no end of pages after 1,000 of them; cursor " + at);
    }

    record Followed(Map<Long, PullRequest> told, String cursor) {
        PullRequest of(long number) {
            return Optional.ofNullable(told.get(number))
                    .orElseThrow(() -> new AssertionError("#" + number + " is not among " + told.keySet()));
        }
    }
}
