package io.github.releasepipeline.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.attestation.Verification.Reason;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.subject.CanonicalJson;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import io.github.releasepipeline.version.VersionState;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatementTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Actor ALICE = Actor.user("alice");
    private static final CommitId COMMIT = new CommitId("c".repeat(40));
    private static final CommitId HEAD = new CommitId("a".repeat(40));
    private static final Item FLOW = new Item(new ItemId("workflow", "workflows/a.json"), Digest.of("a"));
    private static final Item AGENT = new Item(new ItemId("agent", "agents/b.json"), Digest.of("b"));
    private static final Manifest MANIFEST = new Manifest(List.of(FLOW, AGENT));

    @Test
    void it_is_written_as_in_toto_wants_it() {
        assertThat(CanonicalJson.write(statement(MANIFEST)))
                .isEqualTo("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":["
                        + "{\"name\":\"repository://acme/flows@v1.3.0\",\"digest\":{\"gitCommit\":\"" + COMMIT
                        + "\"},\"annotations\":{}},"
                        + "{\"name\":\"agents/b.json\",\"digest\":{\"sha256\":\""
                        + Digest.of("b").hex()
                        + "\"},\"annotations\":{\"kind\":\"agent\"}},"
                        + "{\"name\":\"workflows/a.json\",\"digest\":{\"sha256\":\""
                        + Digest.of("a").hex()
                        + "\"},\"annotations\":{\"kind\":\"workflow\"}}],"
                        + "\"predicateType\":\"https://releasepipeline.github.io/attestation/version/v1\","
                        + "\"predicate\":{\"repository\":\"acme/flows\",\"version\":\"v1.3.0\",\"commit\":\"" + COMMIT
                        + "\",\"manifest\":\"" + MANIFEST.digest().hex() + "\",\"previous\":\"v1.2.1\",\"changeSets\":["
                        + "{\"id\":\"cs-1\",\"name\":\"Invoice Processing v2\",\"type\":\"FEATURE\",\"pullRequests\":[342],"
                        + "\"createdBy\":{\"id\":\"alice\",\"kind\":\"USER\"}}],\"pullRequests\":[{\"number\":342,"
                        + "\"title\":\"Add\",\"author\":\"bob\",\"mergeCommit\":\"" + COMMIT + "\",\"head\":\"" + HEAD
                        + "\",\"review\":{\"decision\":\"APPROVED\",\"rawDecision\":\"approved\",\"given\":1,\"needed\":1,"
                        + "\"reviews\":[{\"reviewer\":\"david\",\"decision\":\"APPROVED\",\"at\":\"2026-03-01T12:00:00Z\"}]}}],"
                        + "\"builder\":\"https://example.org/builder\",\"createdBy\":{\"id\":\"alice\",\"kind\":\"USER\"},"
                        + "\"createdAt\":\"2026-03-01T12:00:00Z\"}}");
    }

    @Test
    void its_subjects_give_the_manifest_back() {
        assertThat(statement(MANIFEST).manifest()).isEqualTo(MANIFEST);
        assertThat(statement(Manifest.empty()).manifest()).isEqualTo(Manifest.empty());
    }

    @Test
    void it_states_the_version_that_it_was_made_of() {
        assertThat(statement(MANIFEST).mismatch(version(3, COMMIT, MANIFEST.digest())))
                .isEmpty();
    }

    @Test
    void another_number_and_another_commit_are_another_version() {
        mismatch(statement(MANIFEST), version(4, COMMIT, MANIFEST.digest()), Reason.OTHER_VERSION, "v1.4.0");
        mismatch(statement(MANIFEST), version(3, HEAD, MANIFEST.digest()), Reason.OTHER_VERSION, HEAD.hex());
    }

    @Test
    void other_items_are_found_whatever_the_predicate_claims() {
        Manifest more = new Manifest(List.of(FLOW));
        ReleasePredicate claim = statement(MANIFEST).predicate();

        mismatch(
                statement(MANIFEST),
                version(3, COMMIT, more.digest()),
                Reason.OTHER_ITEMS,
                more.digest().toString());
        mismatch(
                Statement.of(claim, more),
                version(3, COMMIT, MANIFEST.digest()),
                Reason.OTHER_ITEMS,
                "not the commit and the items of v1.3.0");
        mismatch(
                new Statement(
                        Statement.TYPE,
                        List.of(new Statement.Subject("x", Map.of("sha256", "none"), Map.of())),
                        Statement.PREDICATE_TYPE,
                        claim),
                version(3, COMMIT, MANIFEST.digest()),
                Reason.OTHER_ITEMS,
                "v1.3.0");
    }

    @Test
    void subjects_that_say_something_else_than_the_predicate_are_refused() {
        Statement ours = statement(MANIFEST);
        List<Statement.Subject> items = ours.subject().subList(1, ours.subject().size());
        Statement.Subject other =
                new Statement.Subject(ours.subject().get(0).name(), Map.of("gitCommit", HEAD.hex()), Map.of());

        for (List<Statement.Subject> subjects : List.of(
                items,
                Stream.concat(Stream.of(other), items.stream()).toList(),
                Stream.concat(ours.subject().stream(), Stream.of(other)).toList())) {
            mismatch(
                    new Statement(ours._type(), subjects, ours.predicateType(), ours.predicate()),
                    version(3, COMMIT, MANIFEST.digest()),
                    Reason.OTHER_ITEMS,
                    "not the commit and the items");
        }
    }

    @Test
    void a_statement_of_another_type_is_none_of_ours() {
        Statement ours = statement(MANIFEST);
        Version version = version(3, COMMIT, MANIFEST.digest());

        mismatch(
                new Statement(
                        "https://in-toto.io/Statement/v0.1", ours.subject(), ours.predicateType(), ours.predicate()),
                version,
                Reason.NO_STATEMENT,
                "v0.1");
        mismatch(
                new Statement(ours._type(), ours.subject(), "https://slsa.dev/provenance/v1", ours.predicate()),
                version,
                Reason.NO_STATEMENT,
                "slsa");
    }

    private static void mismatch(Statement statement, Version version, Reason reason, String text) {
        assertThat(statement.mismatch(version)).get().isInstanceOfSatisfying(Verification.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.text()).contains(text);
        });
    }

    private static Statement statement(Manifest manifest) {
        ChangeSet set = new ChangeSet(
                new ChangeSetId("cs-1"),
                "Invoice Processing v2",
                "",
                ChangeType.FEATURE,
                List.of(342L),
                ALICE,
                NOON,
                new ChangeSetState.Draft());
        return Statement.of(
                new ReleasePredicate(
                        "acme/flows",
                        "v1.3.0",
                        COMMIT,
                        MANIFEST.digest(),
                        Optional.of("v1.2.1"),
                        List.of(ReleasePredicate.IncludedSet.of(set)),
                        List.of(ReleasePredicate.IncludedPullRequest.of(pullRequest())),
                        URI.create("https://example.org/builder"),
                        ALICE,
                        NOON),
                manifest);
    }

    private static PullRequest pullRequest() {
        return new PullRequest(
                new PullRequestId("acme/flows", 342),
                "Add",
                "bob",
                new PullRequest.Progress.Merged(new MergedRange(HEAD, COMMIT), NOON, Optional.empty()),
                List.of(),
                new ReviewSummary(
                        ReviewSummary.Decision.APPROVED,
                        "approved",
                        Optional.of(1),
                        Optional.of(1),
                        List.of(new ReviewSummary.Review("david", ReviewSummary.Decision.APPROVED, NOON))),
                CheckSummary.none(),
                List.of(),
                HEAD,
                "main",
                NOON,
                NOON,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Version version(long minor, CommitId commit, Digest manifest) {
        return new Version(
                new VersionId("v-1"),
                new VersionNumber("", 1, minor, 0, "", ""),
                Bump.MINOR,
                "because",
                commit,
                Optional.empty(),
                List.of(),
                List.of(),
                manifest,
                ItemCounts.of(List.of()),
                ItemCounts.of(List.of()),
                "",
                Optional.empty(),
                List.of(),
                ALICE,
                NOON,
                Optional.empty(),
                new VersionState.Published(NOON));
    }
}
