package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagOutcome;
import io.github.releasepipeline.source.TagRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Facts about tags. */
abstract class TagFacts extends RepositoryFacts {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void a_new_tag_is_created_with_its_message_and_can_be_read_again() {
        CommitId commit = commit(Map.of());
        String message = "Release v1.0.0: Über \"alles\"\n\nManifest: sha256:0000\n";

        TagOutcome outcome = repository.createTag(new TagRequest("v1.0.0", commit, message, Actor.user("alice"), NOON));

        Tag expected = new Tag("v1.0.0", commit, message, Optional.of("alice"), NOON);
        assertThat(outcome).isEqualTo(new TagOutcome.Created(expected));
        assertThat(repository.tags()).containsExactly(expected);
    }

    @Test
    void a_tag_is_never_moved() {
        CommitId first = commit(Map.of());
        CommitId second = commit(Map.of("a", "1"), first);
        repository.createTag(new TagRequest("v1.0.0", first, "First", Actor.user("alice"), NOON));

        TagOutcome outcome = repository.createTag(
                new TagRequest("v1.0.0", second, "Second", Actor.user("bob"), NOON.plusSeconds(60)));

        assertThat(outcome)
                .isEqualTo(new TagOutcome.Exists(new Tag("v1.0.0", first, "First", Optional.of("alice"), NOON)));
        assertThat(repository.resolve("v1.0.0")).isEqualTo(first);
    }

    @Test
    void creating_a_tag_again_tells_that_it_exists() {
        CommitId commit = commit(Map.of());
        TagRequest request = new TagRequest("v1.0.0", commit, "First", Actor.user("alice"), NOON);

        repository.createTag(request);

        assertThat(repository.createTag(request))
                .isEqualTo(new TagOutcome.Exists(new Tag("v1.0.0", commit, "First", Optional.of("alice"), NOON)));
    }

    @Test
    void of_several_threads_that_create_one_tag_exactly_one_does() throws Exception {
        CommitId commit = commit(Map.of());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<TagOutcome>> orders = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Actor by = Actor.user("user-" + i);
                orders.add(() -> repository.createTag(new TagRequest("v1.0.0", commit, by.id(), by, NOON)));
            }
            List<TagOutcome> outcomes = new ArrayList<>();
            for (Future<TagOutcome> outcome : threads.invokeAll(orders)) {
                outcomes.add(outcome.get());
            }

            assertThat(outcomes)
                    .filteredOn(TagOutcome.Created.class::isInstance)
                    .hasSize(1);
            assertThat(outcomes).filteredOn(TagOutcome.Exists.class::isInstance).hasSize(7);
            assertThat(repository.tags()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_name_that_cannot_be_a_tag_is_an_illegal_argument() {
        CommitId commit = commit(Map.of());

        for (String name : List.of("", "with space", "two..dots", "-dash", "ends.lock", "q?", "a//b", "tab\t")) {
            assertThatIllegalArgumentException()
                    .as("'%s'", name)
                    .isThrownBy(
                            () -> repository.createTag(new TagRequest(name, commit, "m", Actor.user("alice"), NOON)));
        }
        assertThat(repository.tags()).isEmpty();
    }

    @Test
    void tags_are_listed_by_name_with_the_commit_they_point_at() {
        CommitId first = commit(Map.of());
        CommitId second = commit(Map.of("a", "1"), first);
        repository.createTag(new TagRequest("v2", second, "Two", Actor.user("alice"), NOON));
        fixture.lightweightTag("light", first);
        repository.createTag(new TagRequest("v1", first, "One", Actor.user("alice"), NOON));

        assertThat(repository.tags()).extracting(Tag::name).containsExactly("light", "v1", "v2");
        assertThat(repository.tags()).extracting(Tag::commit).containsExactly(first, first, second);
        assertThat(repository.tags()).extracting(Tag::message).containsExactly("", "One", "Two");
        assertThat(repository.tags())
                .extracting(Tag::tagger)
                .containsExactly(Optional.empty(), Optional.of("alice"), Optional.of("alice"));
    }

    @Test
    void a_revision_is_a_branch_a_tag_or_an_id() {
        CommitId first = commit(Map.of());
        CommitId second = commit(Map.of("a", "1"), first);
        fixture.branch("feature/x", second);
        fixture.lightweightTag("light", first);
        repository.createTag(new TagRequest("v1.0.0", first, "First", Actor.user("alice"), NOON));

        assertThat(repository.resolve("feature/x")).isEqualTo(second);
        assertThat(repository.resolve("light")).isEqualTo(first);
        assertThat(repository.resolve("v1.0.0")).isEqualTo(first);
        assertThat(repository.resolve(second.hex())).isEqualTo(second);
        assertThat(repository.resolve(second.hex().substring(0, 12))).isEqualTo(second);
    }

    @Test
    void a_revision_that_names_nothing_is_not_found() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> repository.resolve("no-such-branch"))
                .withMessageContaining("no-such-branch");
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> repository.resolve("f".repeat(40)));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> repository.resolve("not a revision ~^:?"));
    }
}
