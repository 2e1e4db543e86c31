package io.github.releasepipeline.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.FileAt;
import io.github.releasepipeline.source.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.jgit.lib.StoredConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clone that follows its remote. */
class FetchingTest {
    private static final String FLOW = "workflows/a.json";

    @TempDir
    Path folder;

    private History origin;
    private History clone;
    private CommitId root;
    private GitRepository repository;

    @BeforeEach
    void connect() {
        origin = History.create(folder.resolve("origin.git"));
        root = origin.commit(Map.of(FLOW, "1"), List.of());
        origin.ref("refs/heads/main", root);
        clone = History.create(folder.resolve("clone"));
        pointAt(folder.resolve("origin.git").toUri().toString());
        repository = GitRepository.at(folder.resolve("clone")).fetchingFrom("origin");
    }

    @AfterEach
    void close() {
        repository.close();
        clone.close();
        origin.close();
    }

    @Test
    void a_merge_at_the_forge_is_fetched_when_it_is_asked_for() {
        repository.manifest(root, PlainGit.KINDS);
        CommitId merged = origin.commit(Map.of(FLOW, "2"), List.of(root));
        origin.ref("refs/heads/main", merged);

        assertThat(repository.changes(Optional.of(root), merged, PlainGit.KINDS))
                .hasSize(1);
        assertThat(repository.isAncestor(root, merged)).isTrue();
    }

    @Test
    void the_head_of_a_fork_is_fetched_from_the_ref_of_its_pull_request() {
        CommitId head = origin.commit(Map.of(FLOW, "fork"), List.of(root));
        origin.ref("refs/pull/7/head", head);

        assertThat(repository.size(new FileAt(head, FLOW))).isEqualTo(4);
        assertThat(repository.mergeBase(repository.resolve("main"), head)).contains(root);
        assertThat(clone.at("refs/pull/7/head")).isEqualTo(head);
    }

    @Test
    void a_head_stays_after_its_branch_was_deleted_and_after_it_was_replaced_by_force() {
        CommitId head = origin.commit(Map.of(FLOW, "head"), List.of(root));
        origin.ref("refs/heads/topic", head);
        origin.ref("refs/pull/8/head", head);
        repository.manifest(head, PlainGit.KINDS);
        origin.deleteRef("refs/heads/topic");
        CommitId forced = origin.commit(Map.of(FLOW, "forced"), List.of(root));
        origin.ref("refs/pull/8/head", forced);

        assertThat(repository.size(new FileAt(forced, FLOW))).isEqualTo(6);
        assertThat(repository.size(new FileAt(head, FLOW))).isEqualTo(4);
    }

    @Test
    void a_commit_that_was_replaced_before_it_was_seen_is_named() {
        CommitId lost = origin.commit(Map.of(FLOW, "lost"), List.of(root));

        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> repository.manifest(lost, PlainGit.KINDS))
                .withMessageContaining(lost.hex())
                .withMessageContaining("origin")
                .matches(e -> !e.retryable());
    }

    @Test
    void a_branch_that_was_rewritten_is_the_remotes_one() {
        assertThat(repository.resolve("main")).isEqualTo(root);
        CommitId rewritten = origin.commit(Map.of(FLOW, "rewritten"), List.of());
        origin.ref("refs/heads/main", rewritten);

        repository.fetch();

        assertThat(repository.resolve("main")).isEqualTo(rewritten);
        assertThat(repository.manifest(root, PlainGit.KINDS).items()).hasSize(1);
    }

    @Test
    void tags_come_along_and_one_that_is_here_is_never_moved() {
        origin.ref("refs/tags/v1", root);
        repository.fetch();
        CommitId other = origin.commit(Map.of(FLOW, "other"), List.of(root));
        origin.ref("refs/heads/main", other);
        origin.ref("refs/tags/v1", other);
        origin.ref("refs/tags/v2", other);

        repository.fetch();

        assertThat(repository.tags())
                .extracting(Tag::name, Tag::commit)
                .containsExactlyInAnyOrder(tuple("v1", root), tuple("v2", other));
    }

    @Test
    void a_remote_whose_names_lead_out_of_their_place_writes_nothing_there() throws IOException {
        String evil = root.hex() + " refs/tags/../heads/tag\n" + root.hex() + " refs/heads/../../../heads/branch\n";
        Files.writeString(folder.resolve("origin.git/packed-refs"), evil);

        repository.fetch();

        assertThat(clone.jgit().getRefDatabase().getRefsByPrefix("refs/heads/")).isEmpty();
        assertThat(repository.resolve("main")).isEqualTo(root);
    }

    @Test
    void a_tag_whose_name_is_a_pattern_moves_no_other() throws IOException {
        origin.ref("refs/tags/v1", root);
        repository.fetch();
        CommitId other = origin.commit(Map.of(FLOW, "other"), List.of(root));
        origin.ref("refs/tags/v1", other);
        Files.writeString(folder.resolve("origin.git/packed-refs"), other.hex() + " refs/tags/*\n");

        repository.fetch();

        assertThat(repository.tags()).extracting(Tag::name, Tag::commit).containsExactly(tuple("v1", root));
    }

    @Test
    void a_name_that_nobody_knows_is_not_found() {
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> repository.resolve("nowhere"));
    }

    @Test
    void pull_requests_of_a_plain_clone_are_those_that_were_fetched() {
        origin.ref("refs/pull/9/head", origin.commit(Map.of(FLOW, "9"), List.of(root)));
        repository.fetch();

        GitPullRequests control = GitPullRequests.of(repository, Optional.of("main"), PlainGit.KINDS);

        assertThat(PlainGit.follow(control, Optional.empty(), 10).told()).containsOnlyKeys(9L);
    }

    @Test
    void threads_and_processes_that_miss_commits_at_once_all_get_them() throws Exception {
        List<CommitId> heads = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            CommitId head = origin.commit(Map.of(FLOW, "head " + i), List.of(root));
            origin.ref(i % 2 == 0 ? "refs/heads/topic-" + i : "refs/pull/" + i + "/head", head);
            heads.add(head);
        }
        List<Callable<Long>> readers = new ArrayList<>();
        for (CommitId head : heads) {
            readers.add(() -> repository.size(new FileAt(head, FLOW)));
            readers.add(
                    () -> { // a repository of its own stands for another process
                        try (GitRepository other =
                                GitRepository.at(folder.resolve("clone")).fetchingFrom("origin")) {
                            return other.size(new FileAt(head, FLOW));
                        }
                    });
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Long> size : threads.invokeAll(readers)) {
                assertThat(size.get()).isBetween(6L, 7L);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_remote_out_of_reach_is_told_without_its_secrets_and_what_is_here_is_still_read() {
        repository.manifest(root, PlainGit.KINDS);
        pointAt("http://secret-token:password@127.0.0.1:1/flows.git");
        CommitId missing = new CommitId("0123456789".repeat(4));

        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> repository.manifest(missing, PlainGit.KINDS))
                .matches(AdapterException::retryable)
                .withMessageContaining("origin")
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("secret-token", "password"));
        assertThat(repository.manifest(root, PlainGit.KINDS).items()).hasSize(1);
    }

    @Test
    void a_remote_that_says_nothing_is_given_up() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            pointAt("git://127.0.0.1:" + silent.getLocalPort() + "/flows.git");
            GitRepository patient = repository.fetchingFrom(
                    new Remote(repository.repository(), "origin", Optional.empty(), Duration.ofSeconds(1)));

            assertThatExceptionOfType(AdapterException.class)
                    .isThrownBy(patient::fetch)
                    .matches(AdapterException::retryable);
        }
    }

    @Test
    void a_repository_without_a_remote_fetches_nothing() {
        try (GitRepository alone = GitRepository.at(folder.resolve("clone"))) {
            assertThatIllegalStateException().isThrownBy(alone::fetch);
            assertThatExceptionOfType(AdapterException.class)
                    .isThrownBy(() -> alone.manifest(root, PlainGit.KINDS))
                    .withMessageContaining("git fetch");
        }
    }

    private void pointAt(String url) {
        try {
            StoredConfig config = clone.jgit().getConfig();
            config.setString("remote", "origin", "url", url);
            config.save();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
