package io.github.releasepipeline.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.OpenApiDocument;
import io.github.releasepipeline.source.Activity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Instant LATER = Instant.now().plusSeconds(86_400);

    @Test
    void events_of_every_shape_are_told_and_new_ones_keep_their_word() {
        try (Forge forge = new Forge()) {
            FakePull pull = forge.fake.open("Add", "alice", Map.of("workflows/a.json", "x"));
            ObjectNode forced = (ObjectNode) Shapes.event("head_ref_force_pushed", "alice", LATER);
            ObjectNode requested = (ObjectNode) Shapes.event("review_requested", "alice", LATER);
            requested.putObject("requested_team").put("slug", "reviewers");
            ObjectNode odd = Json.object().put("event", "quantum_leap").put("created_at", LATER.toString());
            ObjectNode timeless = Json.object().put("event", "dream");
            pull.timeline.addAll(
                    List.of(forced, requested, Shapes.event("closed", null, LATER), odd, timeless, Json.object()));
            forge.fake.damage = answer -> answer.header(OpenApiDocument.ODD, "events that it does not know");

            List<Activity> activity = forge.gitHub.pullRequest(pull.number).activity();

            assertThat(activity)
                    .extracting(line -> line.actor() + " " + line.type() + " " + line.detail())
                    .containsExactly(
                            "alice opened ",
                            "alice pushed Add",
                            "alice pushed forced",
                            "alice review-requested reviewers",
                            "ghost closed ",
                            "ghost quantum_leap ");
        }
    }

    @Test
    void a_long_history_is_read_over_all_its_pages() {
        try (Forge forge = new Forge()) {
            FakePull pull = forge.fake.open("Add", "alice", Map.of("workflows/a.json", "x"));
            forge.fake.damage = answer -> answer.header(OpenApiDocument.ODD, "checking so many takes minutes");
            for (int i = 0; i < 110; i++) {
                pull.timeline.add(Shapes.event("subscribed", "bob", LATER.plusSeconds(i)));
            }

            assertThat(forge.gitHub.pullRequest(pull.number).activity()).hasSize(112);
        }
    }
}
