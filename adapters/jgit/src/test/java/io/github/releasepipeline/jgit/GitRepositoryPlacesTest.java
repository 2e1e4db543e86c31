package io.github.releasepipeline.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.TagOutcome;
import io.github.releasepipeline.source.TagRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Repositories of all sorts and in all states. */
class GitRepositoryPlacesTest {
    private static final List<ItemKind> KINDS = List.of(ItemKind.of("item", "items/*"));

    @TempDir
    Path folder;

    private Path work;
    private History history;

    @BeforeEach
    void writeHistory() {
        work = folder.resolve("flows");
        history = History.create(work);
    }

    static boolean gitIsPresent() {
        return NativeGit.isPresent();
    }

    @Test
    void a_work_tree_and_its_git_folder_are_the_same_repository() {
        CommitId commit = main(Map.of("items/a", "1"));

        for (Path path : List.of(work, work.resolve(".git"))) {
            try (GitRepository repository = GitRepository.at(path)) {
                assertThat(repository.resolve("main")).isEqualTo(commit);
                assertThat(repository).hasToString("GitRepository[flows]");
            }
        }
    }

    @Test
    void a_folder_that_is_no_repository_is_named_even_inside_of_one() throws IOException {
        Path inside = Files.createDirectories(work.resolve("some/folder"));

        for (Path path : List.of(inside, folder.resolve("absent"))) {
            assertThatExceptionOfType(AdapterException.class)
                    .isThrownBy(() -> GitRepository.at(path))
                    .withMessageContaining(path.toString())
                    .matches(e -> !e.retryable());
        }
    }

    @Test
    void an_empty_repository_resolves_nothing_and_has_no_tags() {
        try (GitRepository repository = GitRepository.at(work)) {
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> repository.resolve("HEAD"));
            assertThat(repository.tags()).isEmpty();
        }
    }

    @Test
    @EnabledIf("gitIsPresent")
    void a_linked_work_tree_is_the_same_repository() {
        CommitId commit = main(Map.of("items/a", "1"));
        new NativeGit(work)
                .run(
                        "worktree",
                        "add",
                        "-q",
                        "-b",
                        "side",
                        folder.resolve("linked").toString(),
                        "main");

        try (GitRepository repository = GitRepository.at(folder.resolve("linked"))) {
            assertThat(repository.resolve("HEAD")).isEqualTo(commit);
            assertThat(repository.createTag(tag("v1", commit))).isInstanceOf(TagOutcome.Created.class);
        }
        assertThat(new NativeGit(work).lines("tag")).containsExactly("v1");
    }

    @Test
    @EnabledIf("gitIsPresent")
    void a_shallow_clone_tells_where_history_ends_and_what_to_do() {
        CommitId first = main(Map.of("items/a", "1"));
        CommitId second = main(Map.of("items/a", "2"), first);
        CommitId third = main(Map.of("items/a", "3"), second);
        new NativeGit(folder)
                .run("clone", "-q", "--bare", "--depth=2", work.toUri().toString(), "shallow.git");

        try (GitRepository repository = GitRepository.at(folder.resolve("shallow.git"))) {
            assertThat(repository.isAncestor(second, third)).isTrue();
            assertThat(repository.isAncestor(third, second)).isFalse();
            assertThat(repository.changes(Optional.of(second), third, KINDS)).hasSize(1);
            assertThat(repository.origins(Optional.of(second), third, List.of(), KINDS))
                    .hasSize(1);
            assertLasting(() -> repository.manifest(first, KINDS), first.hex(), "git fetch --unshallow");
            assertLasting(() -> repository.isAncestor(first, third), first.hex(), "git fetch --unshallow");
            assertLasting(
                    () -> repository.origins(Optional.empty(), third, List.of(new MergedRange(second, third)), KINDS),
                    second.hex(),
                    "git fetch --unshallow");
            assertLasting(
                    () -> GitPullRequests.of(repository, KINDS).changedSince(Optional.empty(), 10),
                    second.hex(),
                    "git fetch --unshallow");
        }
    }

    @Test
    @EnabledIf("gitIsPresent")
    void a_repository_of_sha_256_objects_is_refused_in_words() {
        new NativeGit(folder).run("init", "-q", "--bare", "--object-format=sha256", "new.git");

        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> GitRepository.at(folder.resolve("new.git")))
                .withMessageContaining("new.git");
    }

    @Test
    @EnabledIf("gitIsPresent")
    void git_may_repack_while_a_repository_is_open() {
        CommitId first = main(Map.of("items/a", "1"));
        try (GitRepository repository = GitRepository.at(work)) {
            repository.createTag(tag("v1", first));
            CommitId second = main(Map.of("items/a", "2"), first);
            new NativeGit(work).run("gc", "-q", "--prune=now");

            assertThat(repository.resolve("main")).isEqualTo(second);
            assertThat(repository.changes(Optional.of(first), second, KINDS)).hasSize(1);
            assertThat(repository.createTag(tag("v1", second))).isInstanceOf(TagOutcome.Exists.class);
            assertThat(repository.createTag(tag("v2", second))).isInstanceOf(TagOutcome.Created.class);
            assertThat(new NativeGit(work).lines("tag")).containsExactly("v1", "v2");
            new NativeGit(work).run("fsck", "--strict");
        }
    }

    @Test
    void the_configuration_on_disk_stays_as_it_is() throws IOException {
        byte[] before = Files.readAllBytes(work.resolve(".git/config"));
        CommitId commit = main(Map.of("items/a", "1"));

        try (GitRepository repository = GitRepository.at(work)) {
            repository.createTag(tag("v1", commit));
            assertThat(repository.repository().durable().getConfig().getBoolean("core", "fsyncRefFiles", false))
                    .isTrue();
        }

        assertThat(work.resolve(".git/config")).hasBinaryContent(before);
    }

    @Test
    void an_item_whose_path_is_no_text_is_an_error_that_shows_its_bytes() throws IOException {
        byte[] name = {'b', 'a', 'd', (byte) 0xff, '"'};
        CommitId commit = commitOf(name, FileMode.REGULAR_FILE, blob("1"));

        try (GitRepository repository = GitRepository.at(work)) {
            assertLasting(() -> repository.manifest(commit, KINDS), commit.hex(), "items/bad\\xff\\x22");
            assertLasting(() -> repository.changes(Optional.empty(), commit, KINDS), "items/bad\\xff\\x22");
            assertThat(repository
                            .manifest(commit, List.of(ItemKind.of("other", "other/*")))
                            .items())
                    .isEmpty();
        }
    }

    @Test
    void a_link_is_an_item_of_its_target_and_a_submodule_is_none() throws IOException {
        CommitId link = commitOf("link".getBytes(StandardCharsets.UTF_8), FileMode.SYMLINK, blob("../target"));
        CommitId file = commitOf("link".getBytes(StandardCharsets.UTF_8), FileMode.REGULAR_FILE, blob("text"));
        CommitId submodule = commitOf("link".getBytes(StandardCharsets.UTF_8), FileMode.GITLINK, ObjectIds.of(link));

        try (GitRepository repository = GitRepository.at(work)) {
            assertThat(repository.manifest(link, KINDS).items())
                    .singleElement()
                    .satisfies(item -> assertThat(item.digest()).isEqualTo(Digest.of("../target")));
            assertThat(repository.manifest(submodule, KINDS).items()).isEmpty();
            assertThat(repository.changes(Optional.of(file), link, KINDS))
                    .singleElement()
                    .satisfies(change -> assertThat(change.before()).isPresent());
            assertThat(repository.changes(Optional.of(submodule), link, KINDS))
                    .singleElement()
                    .satisfies(change -> assertThat(change.before()).isEmpty());
            assertThatExceptionOfType(NotFoundException.class)
                    .isThrownBy(() -> repository.open(submodule, "items/link"));
        }
    }

    @Test
    void another_mode_of_the_same_bytes_is_no_change() throws IOException {
        CommitId plain = commitOf("run".getBytes(StandardCharsets.UTF_8), FileMode.REGULAR_FILE, blob("1"));
        CommitId executable = commitOf("run".getBytes(StandardCharsets.UTF_8), FileMode.EXECUTABLE_FILE, blob("1"));

        try (GitRepository repository = GitRepository.at(work)) {
            assertThat(repository.changes(Optional.of(plain), executable, KINDS))
                    .isEmpty();
        }
    }

    @Test
    void a_manifest_of_one_hundred_thousand_files_is_whole() throws IOException {
        CommitId commit;
        try (ObjectInserter inserter = history.jgit().newObjectInserter()) {
            ObjectId[] blobs = new ObjectId[100];
            for (int i = 0; i < blobs.length; i++) {
                blobs[i] = inserter.insert(Constants.OBJ_BLOB, ("blob " + i).getBytes(StandardCharsets.UTF_8));
            }
            TreeFormatter items = new TreeFormatter();
            for (int i = 0; i < 100_000; i++) {
                items.append("f" + (100_000 + i), FileMode.REGULAR_FILE, blobs[i % blobs.length]);
            }
            commit = History.commitTree(history.jgit(), inserter, "items", inserter.insert(items));
        }

        try (GitRepository repository = GitRepository.at(work)) {
            assertThat(repository.manifest(commit, KINDS).items())
                    .hasSize(100_000)
                    .first()
                    .satisfies(item -> {
                        assertThat(item.id().path()).isEqualTo("items/f100000");
                        assertThat(item.digest()).isEqualTo(Digest.of("blob 0"));
                    });
        }
    }

    private CommitId commitOf(byte[] name, FileMode mode, ObjectId object) throws IOException {
        try (ObjectInserter inserter = history.jgit().newObjectInserter()) {
            TreeFormatter items = new TreeFormatter();
            items.append(name, mode, object);
            return History.commitTree(history.jgit(), inserter, "items", inserter.insert(items));
        }
    }

    private ObjectId blob(String text) throws IOException {
        try (ObjectInserter inserter = history.jgit().newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
            inserter.flush();
            return id;
        }
    }

    private CommitId main(Map<String, String> files, CommitId... parents) {
        CommitId commit = history.commit(files, List.of(parents));
        history.ref("refs/heads/main", commit);
        return commit;
    }

    private static TagRequest tag(String name, CommitId commit) {
        return new TagRequest(name, commit, "Message of " + name, Actor.user("alice"), Instant.EPOCH);
    }

    private static void assertLasting(Runnable call, String... parts) {
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(call::run)
                .matches(e -> !e.retryable())
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }
}
