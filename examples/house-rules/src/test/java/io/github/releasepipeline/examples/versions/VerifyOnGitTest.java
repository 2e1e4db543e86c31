package io.github.releasepipeline.examples.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jgit.GitPullRequests;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionProblem;
import io.github.releasepipeline.version.VersionProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody with a shell does to a repository what must not be done. */
class VerifyOnGitTest {
    private static final List<ItemKind> KINDS = List.of(ItemKind.of("workflow", "workflows/**"));

    @TempDir
    Path folder;

    private final MemoryPipelineStore store = new MemoryPipelineStore();
    private Git git = new Git(Path.of("."));
    private Optional<Version> version = Optional.empty();

    @BeforeEach
    void publish() throws IOException {
        git = Git.bare(folder.resolve("flows.git"));
        git.run("config", "fastimport.unpackLimit", "1000"); // loose objects, which can be tampered with one by one
        git.fastImport(new FastImport()
                .merge(1, "workflows/a.json", "{\"a\":1}")
                .merge(2, "workflows/b.json", "{\"b\":2}")
                .toString());
        version = Optional.of(with(alice -> {
            alice.pullRequests().synchronize();
            return alice.versions()
                    .publish(alice.changeSets()
                            .create("Both", set -> set.pullRequests(1, 2))
                            .id());
        }));
    }

    @Test
    void nothing_is_wrong_while_nobody_touches_it() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void a_moved_tag_is_found() {
        git.run("tag", "-f", "v0.1.0", "main~1");

        assertThat(problems())
                .containsExactly(new VersionProblem(
                        Kind.TAG_MOVED,
                        "Tag v0.1.0 was moved from " + git.run("rev-parse", "main") + " to "
                                + git.run("rev-parse", "main~1")));
    }

    @Test
    void a_deleted_tag_is_found() {
        git.run("tag", "-d", "v0.1.0");

        assertThat(kinds()).containsExactly(Kind.TAG_MISSING);
    }

    @Test
    void a_tag_made_anew_on_the_same_commit_is_found() {
        git.run("tag", "-f", "v0.1.0", "main");
        assertThat(kinds()).containsExactly(Kind.TAG_FOREIGN);

        git.run("tag", "-f", "-a", "-m", "Version 0.1.0", "v0.1.0", "main");
        assertThat(kinds()).containsExactly(Kind.TAG_FOREIGN);
    }

    @Test
    void an_item_whose_object_is_lost_is_found() throws IOException {
        String lost = git.run("rev-parse", "main:workflows/a.json");
        Files.delete(object("workflows/a.json"));

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.ITEM_MISSING);
            assertThat(problem.text()).contains("Object " + lost + " is not in the repository");
        });
    }

    @Test
    void an_item_whose_object_was_exchanged_is_found() throws IOException {
        Path exchanged = object("workflows/a.json");
        exchanged.toFile().setWritable(true);
        Files.copy(object("workflows/b.json"), exchanged, StandardCopyOption.REPLACE_EXISTING);

        assertThat(problems())
                .extracting(VersionProblem::kind, problem -> problem.text().contains("workflow:workflows/a.json"))
                .containsExactly(tuple(Kind.ITEM_CHANGED, true));
    }

    @Test
    void a_commit_that_is_lost_is_found_together_with_its_tag() throws IOException {
        String commit = git.run("rev-parse", "main");
        git.run("tag", "-d", "v0.1.0");
        git.run("update-ref", "refs/heads/main", "main~1");
        Files.delete(loose(commit));

        assertThat(kinds()).containsExactly(Kind.TAG_MISSING, Kind.COMMIT_MISSING);
    }

    private Path object(String path) {
        return loose(git.run("rev-parse", "main:" + path));
    }

    private Path loose(String id) {
        return git.folder().resolve("objects").resolve(id.substring(0, 2)).resolve(id.substring(2));
    }

    private List<Kind> kinds() {
        return problems().stream().map(VersionProblem::kind).toList();
    }

    private List<VersionProblem> problems() {
        return with(alice -> alice.versions().verify(version.orElseThrow().id()));
    }

    /** In a process that has read nothing yet. */
    private <T> T with(Function<ActingPipeline, T> work) {
        try (GitRepository repository = GitRepository.at(git.folder())) {
            Pipeline pipeline = Pipeline.builder()
                    .sourceControl(GitPullRequests.of(repository, Optional.of("main"), KINDS))
                    .repository(repository)
                    .store(store)
                    .items(KINDS.toArray(ItemKind[]::new))
                    .build();
            return work.apply(pipeline.as(Actor.user("alice")));
        }
    }
}
