package io.github.releasepipeline.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.github.ReleaseOutcome.Published;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagOutcome;
import io.github.releasepipeline.source.TagRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TagsAndReleasesTest {
    private static final Instant AT = Instant.parse("2026-11-25T10:00:00Z");
    private static final ReleaseOrder ORDER = new ReleaseOrder("v1.0.0", "Version 1.0.0", "## Impact\nnone", false);

    private final Forge forge = new Forge();
    private final FakeGitHub fake = forge.fake;
    private final GitHubTags tags = forge.gitHub.tags();
    private final GitHubReleases releases = forge.gitHub.releases();

    @AfterEach
    void close() {
        forge.close();
    }

    // tags

    @Test
    void a_tag_is_annotated_and_created_once() {
        TagRequest request = tag("v1.0.0", fake.main);
        Tag expected = new Tag("v1.0.0", new CommitId(fake.main), "Digest: x", Optional.of("alice"), AT);

        assertThat(tags.create(request)).isEqualTo(new TagOutcome.Created(expected));
        assertThat(tags.create(request)).isEqualTo(new TagOutcome.Exists(expected));
        assertThat(tags.find("v1.0.0")).contains(expected);
        assertThat(tags.find("v1")).isEmpty();
    }

    @Test
    void a_tag_is_never_moved() {
        tags.create(tag("v1.0.0", fake.main));
        String before = fake.main;
        fake.commitToMain(Map.of("README.md", "later"));

        TagOutcome outcome = tags.create(tag("v1.0.0", fake.main));

        assertThat(((TagOutcome.Exists) outcome).tag().commit().hex()).isEqualTo(before);
    }

    @Test
    void a_lightweight_tag_that_somebody_made_is_told_with_the_time_of_its_commit() {
        fake.tags.refs.put("refs/tags/v1.0.0", fake.main);

        TagOutcome outcome = tags.create(tag("v1.0.0", fake.main));

        assertThat(outcome)
                .isEqualTo(new TagOutcome.Exists(new Tag(
                        "v1.0.0",
                        new CommitId(fake.main),
                        "",
                        Optional.empty(),
                        fake.commits.get(fake.main).date())));
    }

    @Test
    void a_name_that_rules_protect_is_not_allowed() {
        fake.tags.protectedPrefix = "v";

        assertThat(tags.create(tag("v1.0.0", fake.main))).isInstanceOf(TagOutcome.NotAllowed.class);
    }

    @Test
    void a_lost_answer_is_settled_by_reading() {
        fake.strike(asked -> {
            if (asked.path().endsWith("/git/refs")) {
                fake.fault = null;
                fake.apply(asked);
                return Optional.of(Answer.lost());
            }
            return Optional.empty();
        });

        assertThat(tags.create(tag("v1.0.0", fake.main))).isInstanceOf(TagOutcome.Created.class);

        fake.strike(asked -> asked.path().endsWith("/git/refs") ? Optional.of(Answer.lost()) : Optional.empty());
        AdapterException failure =
                catchThrowableOfType(AdapterException.class, () -> tags.create(tag("v2.0.0", fake.main)));
        assertThat(failure.retryable()).isTrue();
    }

    // releases

    @Test
    void a_release_is_a_draft_first_and_published_then() {
        tags.create(tag("v1.0.0", fake.main));

        Published published = (Published) releases.publish(ORDER);

        assertThat(published.immutable()).isFalse();
        assertThat(published.link().orElseThrow()).hasToString("https://github.test/acme/flows/releases/1");
        assertThat(fake.tags.releases.get(1L).path("draft").asBoolean()).isFalse();
        assertThat(forge.server.exchanges().stream()
                        .map(exchange -> exchange.asked())
                        .filter(asked -> asked.toString().equals("POST /repos/acme/flows/releases"))
                        .map(asked -> asked.json().path("draft").asBoolean()))
                .containsExactly(true);
    }

    @Test
    void without_its_tag_nothing_is_published() {
        assertThat(releases.publish(ORDER)).isInstanceOf(ReleaseOutcome.NotAllowed.class);
        assertThat(fake.tags.refs).isEmpty();
    }

    @Test
    void publishing_again_changes_nothing_and_new_notes_are_brought_up_to_date() {
        fake.tags.immutable = true;
        tags.create(tag("v1.0.0", fake.main));
        ReleaseOutcome first = releases.publish(ORDER);
        forge.server.forget();

        assertThat(releases.publish(ORDER)).isEqualTo(first);
        assertThat(((Published) first).immutable()).isTrue();
        assertThat(forge.server.requests()).allMatch(request -> request.startsWith("GET"));
        releases.publish(new ReleaseOrder("v1.0.0", "Version 1.0.0", "better notes", false));
        assertThat(fake.tags.releases.get(1L).path("body").asText()).isEqualTo("better notes");
        assertThat(fake.tags.releases).hasSize(1);
    }

    @Test
    void a_crash_between_draft_and_publication_leaves_one_release_in_the_end() {
        tags.create(tag("v1.0.0", fake.main));
        fake.strike(asked -> asked.method().equals("PATCH")
                ? Optional.of(FakeGitHub.problem(500, "Server error"))
                : Optional.empty());
        catchThrowableOfType(AdapterException.class, () -> releases.publish(ORDER));
        fake.strike(asked -> Optional.empty());

        assertThat(releases.publish(ORDER)).isInstanceOf(Published.class);
        assertThat(fake.tags.releases).hasSize(1);
    }

    @Test
    void a_tag_name_that_an_immutable_release_burnt_is_not_allowed() {
        fake.tags.burnt = "v1.0.0";
        tags.create(tag("v1.0.0", fake.main));

        assertThat(releases.publish(ORDER))
                .isEqualTo(new ReleaseOutcome.NotAllowed("tag_name was used by an immutable release"));
    }

    private static TagRequest tag(String name, String commit) {
        return new TagRequest(name, new CommitId(commit), "Digest: x", Actor.user("alice"), AT);
    }
}
