package io.github.releasepipeline.examples.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.HistoryReport;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import io.github.releasepipeline.jgit.GitPullRequests;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of a repository that was released by hand for years. */
class HistoryOnGitTest {
    private static final int TAGS = Integer.getInteger("history.tags", 200);
    private static final int MERGES_PER_TAG = 10;
    private static final List<ItemKind> KINDS = List.of(ItemKind.of("workflow", "workflows/**"));

    @TempDir
    Path folder;

    @Test
    void hundreds_of_tags_and_thousands_of_merges_become_versions() throws IOException {
        // given
        FastImport history = new FastImport();
        for (int tag = 0; tag < TAGS; tag++) {
            for (int i = 1; i <= MERGES_PER_TAG; i++) {
                long number = (long) tag * MERGES_PER_TAG + i;
                history.merge(
                        number, "workflows/w" + number % 30 + "/f" + number % 900 + ".json", "{\"by\":" + number + "}");
            }
            history.tag("v1." + tag + ".0", "Release 1." + tag);
        }
        Git.bare(folder.resolve("flows.git")).fastImport(history.toString());
        // when
        try (GitRepository git = GitRepository.at(folder.resolve("flows.git"));
                Pipeline pipeline = Pipeline.builder()
                        .sourceControl(GitPullRequests.of(git, Optional.of("main"), KINDS))
                        .repository(git)
                        .store(JdbcPipelineStore.embedded(folder.resolve("store.db")))
                        .items(KINDS.toArray(ItemKind[]::new))
                        .build()) {
            ActingPipeline alice = pipeline.as(Actor.user("alice"));
            HistoryReport report = alice.versions().importHistory();
            // then
            assertThat(report.skipped()).isEmpty();
            assertThat(report.imported()).hasSize(TAGS);
            for (int tag = 1; tag < TAGS; tag++) {
                Version version = report.imported().get(tag);
                long last = (tag + 1L) * MERGES_PER_TAG;
                assertThat(version.number().tag()).isEqualTo("v1." + tag + ".0");
                assertThat(version.createdBy()).isEqualTo(Actor.user("tim"));
                assertThat(version.previous())
                        .contains(report.imported().get(tag - 1).id());
                assertThat(version.pullRequests())
                        .containsExactlyElementsOf(LongStream.rangeClosed(last - MERGES_PER_TAG + 1, last)
                                .boxed()
                                .toList());
            }
            Version some = report.imported().get(TAGS / 2);
            assertThat(alice.versions().verify(some.id())).isEmpty();
            assertThat(alice.versions().changes(some.id()))
                    .hasSize(MERGES_PER_TAG)
                    .allSatisfy(change -> assertThat(change.pullRequests()).hasSize(1))
                    .extracting(ChangeAttribution::direct)
                    .containsOnly(List.of());
            assertThat(alice.versions().importHistory().known()).isEqualTo(TAGS);
        }
    }
}
