package io.github.releasepipeline.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagOutcome;
import io.github.releasepipeline.source.TagRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.StoredConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags that go to a remote as well. */
class TagPushTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private History local;
    private History origin;
    private CommitId commit;
    private GitRepository repository;

    @BeforeEach
    void connect() throws IOException {
        origin = History.create(folder.resolve("origin.git"));
        local = History.create(folder.resolve("local.git"));
        commit = local.commit(Map.of("a", "1"), List.of());
        local.ref("refs/heads/main", commit);
        pointAt(folder.resolve("origin.git").toUri().toString());
        repository = GitRepository.at(folder.resolve("local.git")).pushingTagsTo("origin");
    }

    private void pointAt(String url) throws IOException {
        pointAt(local, url);
    }

    private static void pointAt(History history, String url) throws IOException {
        StoredConfig config = history.jgit().getConfig();
        config.setString("remote", "origin", "url", url);
        config.save();
    }

    @AfterEach
    void close() {
        repository.close();
        local.close();
        origin.close();
    }

    @Test
    void a_new_tag_is_the_same_object_in_both_places() throws IOException {
        TagOutcome outcome = repository.createTag(request("v1", commit, "One"));

        assertThat(outcome).isEqualTo(new TagOutcome.Created(new Tag("v1", commit, "One", Optional.of("alice"), NOON)));
        assertThat(tagObject(origin)).isEqualTo(tagObject(local));
    }

    @Test
    void a_call_after_a_crash_between_the_two_places_pushes_the_local_tag() throws IOException {
        try (GitRepository crashed = GitRepository.at(folder.resolve("local.git"))) {
            crashed.createTag(request("v1", commit, "One"));
        }
        assertThat(origin.jgit().exactRef("refs/tags/v1")).isNull();

        TagOutcome outcome =
                repository.createTag(new TagRequest("v1", commit, "One", Actor.user("bob"), Instant.EPOCH));

        assertThat(outcome).isEqualTo(new TagOutcome.Exists(new Tag("v1", commit, "One", Optional.of("alice"), NOON)));
        assertThat(tagObject(origin)).isEqualTo(tagObject(local));
    }

    @Test
    void a_local_tag_with_another_message_is_not_pushed() throws IOException {
        try (GitRepository other = GitRepository.at(folder.resolve("local.git"))) {
            other.createTag(request("v1", commit, "Somebody else's"));
        }

        assertThat(repository.createTag(request("v1", commit, "One"))).isInstanceOf(TagOutcome.Exists.class);
        assertThat(origin.jgit().exactRef("refs/tags/v1")).isNull();
    }

    @Test
    void another_tag_in_the_remote_wins_and_ours_is_taken_away() throws IOException {
        CommitId theirs = origin.commit(Map.of("b", "2"), List.of());
        try (GitRepository there = GitRepository.at(folder.resolve("origin.git"))) {
            there.createTag(request("v1", theirs, "Theirs"));
        }

        TagOutcome outcome = repository.createTag(request("v1", commit, "Ours"));

        assertThat(outcome)
                .isEqualTo(new TagOutcome.Exists(new Tag("v1", theirs, "Theirs", Optional.of("alice"), NOON)));
        assertThat(local.jgit().exactRef("refs/tags/v1")).isNull();
        assertThat(repository.tags()).isEmpty();
    }

    @Test
    void of_several_clones_that_push_one_tag_exactly_one_creates_it() throws Exception {
        List<Callable<TagOutcome>> orders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = "clone" + i + ".git";
            String message = "By " + name;
            orders.add(() -> {
                try (History clone = History.create(folder.resolve(name));
                        GitRepository own =
                                GitRepository.at(folder.resolve(name)).pushingTagsTo("origin")) {
                    pointAt(clone, folder.resolve("origin.git").toUri().toString());
                    CommitId root = clone.commit(Map.of("a", name), List.of());
                    return own.createTag(request("v1", root, message));
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<TagOutcome> outcomes = new ArrayList<>();
            for (Future<TagOutcome> outcome : threads.invokeAll(orders)) {
                outcomes.add(outcome.get());
            }
            List<Tag> created = outcomes.stream()
                    .filter(TagOutcome.Created.class::isInstance)
                    .map(outcome -> ((TagOutcome.Created) outcome).tag())
                    .toList();
            assertThat(created).hasSize(1);
            assertThat(outcomes)
                    .filteredOn(TagOutcome.Exists.class::isInstance)
                    .hasSize(3)
                    .containsOnly(new TagOutcome.Exists(created.get(0)));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void of_several_processes_in_one_repository_exactly_one_creates_a_tag() throws Exception {
        List<Callable<TagOutcome>> orders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String message = "By " + i;
            orders.add(() -> {
                try (GitRepository own = GitRepository.at(folder.resolve("local.git"))) {
                    return own.createTag(request("v2", commit, message));
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            int created = 0;
            for (Future<TagOutcome> outcome : threads.invokeAll(orders)) {
                created += outcome.get() instanceof TagOutcome.Created ? 1 : 0;
            }
            assertThat(created).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_remote_out_of_reach_may_come_back_and_no_secret_is_told() throws IOException {
        pointAt("http://secret-token:password@127.0.0.1:1/flows.git");

        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> repository.createTag(request("v1", commit, "One")))
                .matches(AdapterException::retryable)
                .withMessageContaining("origin")
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("secret-token", "password"));
        assertThat(repository.toString()).doesNotContain("secret-token");

        pointAt(folder.resolve("origin.git").toUri().toString());
        assertThat(repository.createTag(request("v1", commit, "One"))).isInstanceOf(TagOutcome.Exists.class);
        assertThat(tagObject(origin)).isEqualTo(tagObject(local));
    }

    @Test
    void a_remote_that_is_not_configured_is_a_lasting_error() {
        GitRepository lost = GitRepository.at(folder.resolve("local.git")).pushingTagsTo("nowhere");

        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> lost.createTag(request("v1", commit, "One")))
                .withMessageContaining("nowhere");
        lost.close();
    }

    private static TagRequest request(String name, CommitId commit, String message) {
        return new TagRequest(name, commit, message, Actor.user("alice"), NOON);
    }

    private static String tagObject(History history) throws IOException {
        Ref ref = history.jgit().exactRef("refs/tags/v1");
        assertThat(ref).isNotNull();
        return ref.getObjectId().name();
    }
}
