package io.github.releasepipeline.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SemverTagTest {
    @Test
    void only_semantic_versions_with_at_most_one_v_count() {
        // given
        List<Tag> tags = Stream.of("v1.2.3", "1.2.4", "v1.3.0-rc.1", "vv1.2.3", "v01.2.3", "v1.2", "v1.2.3.4", "v", "x")
                .map(SemverTagTest::tag)
                .toList();
        // when
        List<SemverTag> versions = SemverTag.among(tags);
        // then
        assertThat(versions)
                .extracting(version -> version.tag().name())
                .containsExactly("v1.2.3", "1.2.4", "v1.3.0-rc.1");
    }

    private static Tag tag(String name) {
        return new Tag(name, new CommitId("0".repeat(40)), "", Optional.empty(), Instant.EPOCH);
    }
}
