package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.TagOutcome;
import io.github.releasepipeline.source.TagRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TagsAndReleasesTest {
    private final Scene scene = new Scene();

    @AfterEach
    void checkExchanges() {
        scene.close();
    }

    @Test
    void a_tag_is_annotated_and_tells_its_commit() {
        TagOutcome outcome = tag("v1.0.0", "Release 1.0.0");

        assertThat(outcome).isInstanceOfSatisfying(TagOutcome.Created.class, created -> {
            assertThat(created.tag().name()).isEqualTo("v1.0.0");
            assertThat(created.tag().commit()).isEqualTo(main());
            assertThat(created.tag().message()).startsWith("Release 1.0.0");
            assertThat(created.tag().tagger()).contains("maintainer");
            assertThat(created.tag().at()).isEqualTo(scene.forge.now());
        });
    }

    @Test
    void a_tag_that_is_there_is_told_and_never_moved() {
        tag("v1.0.0", "Release 1.0.0");
        CommitId before = main();
        scene.forge.commitTo("main", Map.of("README.md", "1"));

        assertThat(tag("v1.0.0", "Another")).isInstanceOfSatisfying(TagOutcome.Exists.class, exists -> {
            assertThat(exists.tag().commit()).isEqualTo(before);
            assertThat(exists.tag().message()).startsWith("Release 1.0.0");
        });
    }

    @Test
    void a_protected_name_is_refused_in_the_servers_words() {
        assertThat(tag("protected-1", "x"))
                .isEqualTo(new TagOutcome.NotAllowed("user not allowed to create protected tag"));
    }

    @Test
    void a_tag_whose_answer_was_lost_is_found() {
        scene.routes.after("POST .*/tags", Answer.lost());

        assertThat(tag("v1.0.0", "Release 1.0.0")).isInstanceOf(TagOutcome.Exists.class);
        assertThat(scene.asked("POST")).isEqualTo(1);
    }

    @Test
    void an_order_that_was_lost_is_an_error_that_may_be_repeated() {
        scene.routes.instead("POST .*/tags", Answer.lost());

        assertThatThrownBy(() -> tag("v1.0.0", "x"))
                .isInstanceOfSatisfying(
                        AdapterException.class,
                        lost -> assertThat(lost.retryable()).isTrue());
        assertThat(tag("v1.0.0", "x")).isInstanceOf(TagOutcome.Created.class);
    }

    @Test
    void there_is_no_tag_that_nobody_made() {
        assertThat(scene.gitea.tag("v9.9.9")).isEmpty();
    }

    @Test
    void a_tag_with_a_slash_is_found() {
        tag("billing/v1.0.0", "Release");

        assertThat(scene.gitea.tag("billing/v1.0.0")).isPresent();
    }

    @Test
    void a_release_of_a_tag_is_published_once() {
        tag("v1.0.0", "Release 1.0.0");

        GiteaRelease first = scene.gitea.publishRelease("v1.0.0", "1.0.0", "## Impact\nnone", false);
        GiteaRelease again = scene.gitea.publishRelease("v1.0.0", "1.0.0", "## Impact\nnone", false);

        assertThat(first.publishedAt()).contains(scene.forge.now());
        assertThat(first.notes()).isEqualTo("## Impact\nnone");
        assertThat(again).isEqualTo(first);
        assertThat(scene.asked("POST /api/v1/repos/acme/flows/releases")).isEqualTo(1);
    }

    @Test
    void a_release_that_says_something_else_is_corrected() {
        tag("v1.0.0", "Release 1.0.0");
        scene.gitea.publishRelease("v1.0.0", "1.0.0", "old", true);

        GiteaRelease corrected = scene.gitea.publishRelease("v1.0.0", "1.0.0", "new", false);

        assertThat(corrected.notes()).isEqualTo("new");
        assertThat(corrected.preRelease()).isFalse();
    }

    @Test
    void a_release_that_somebody_published_at_the_same_moment_is_taken_over() {
        tag("v1.0.0", "Release 1.0.0");
        scene.routes.before("POST .*/releases", () -> scene.forge.releases().add(release("v1.0.0", "theirs")));

        assertThat(scene.gitea.publishRelease("v1.0.0", "1.0.0", "ours", false).notes())
                .isEqualTo("ours");
    }

    @Test
    void a_release_without_a_tag_makes_none() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> scene.gitea.publishRelease("v1.0.0", "1.0.0", "notes", false))
                .withMessageContaining("v1.0.0");
        assertThat(scene.asked("POST")).isZero();
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode release(String tag, String notes) {
        return io.github.releasepipeline.http.Json.object()
                .put("id", 77)
                .put("tag_name", tag)
                .put("name", "x")
                .put("body", notes)
                .put("draft", false)
                .put("prerelease", false);
    }

    private TagOutcome tag(String name, String message) {
        return scene.gitea.createTag(
                new TagRequest(name, main(), message, Actor.user("maintainer"), scene.forge.now()));
    }

    private CommitId main() {
        return new CommitId(scene.forge.branch("main"));
    }
}
