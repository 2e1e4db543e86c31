package io.github.releasepipeline.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.notify.ApprovalDesk;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.tck.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers from Slack: who is believed, what they do, and what people are told. */
class SlackApprovalsTest {
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    private static final Release RELEASE = Sample.release("r-1").build();
    private static final Question QUESTION =
            new Question(RELEASE.id(), RELEASE.plan().digest());

    private final SettableClock clock = SettableClock.at("2026-03-01T10:00:00Z");
    private final FakeSlack slack = new FakeSlack(clock);
    private final Press press = new Press(SECRET, clock);
    private final RecordingDesk desk = new RecordingDesk();
    private final SlackApprovals approvals = SlackApprovals.of(
            Slack.channel(FakeSlack.CHANNEL, FakeSlack.TOKEN)
                    .at(slack.base(), HttpOptions.standard().clock(clock)),
            SECRET,
            SlackPeople.of("T1", Map.of("U-BOB", Sample.BOB)),
            desk);

    /** Keeps votes, or refuses them all. */
    private static final class RecordingDesk implements ApprovalDesk {
        final List<String> votes = new ArrayList<>();
        Optional<RuntimeException> refusal = Optional.empty();

        @Override
        public Release approve(Actor actor, ReleaseId release, Digest seen, String comment) {
            return vote(actor.id() + " approves " + release + " " + isShown(seen));
        }

        @Override
        public Release reject(Actor actor, ReleaseId release, Digest seen, String reason) {
            return vote(actor.id() + " rejects " + release + " " + isShown(seen) + ": " + reason);
        }

        private static boolean isShown(Digest seen) {
            return seen.equals(RELEASE.plan().digest());
        }

        private Release vote(String text) {
            refusal.ifPresent(error -> {
                throw error;
            });
            votes.add(text);
            return RELEASE;
        }
    }

    @AfterEach
    void close() {
        slack.close();
    }

    @Test
    void approve_is_a_vote_for_the_plan_that_was_shown() {
        SlackReply reply = press.button(approvals, "U-BOB", Question.APPROVE, QUESTION);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(desk.votes).containsExactly("bob approves r-1 true");
        assertThat(slack.ephemerals).isEmpty();
    }

    @Test
    void reject_asks_for_a_reason_and_then_rejects_the_plan_that_was_shown_with_it() {
        press.button(approvals, "U-BOB", Question.REJECT, QUESTION);

        assertThat(desk.votes).isEmpty();
        JsonNode opened = slack.modals.get(0);
        assertThat(opened.path("trigger_id").asText()).isEqualTo("trigger-1");
        assertThat(opened.path("view").path("type").asText()).isEqualTo("modal");
        Question carried = Question.parse(
                        opened.path("view").path("private_metadata").asText())
                .orElseThrow();

        SlackReply reply = press.reason(approvals, "U-BOB", carried, "  freeze until Monday ");

        assertThat(reply).isEqualTo(SlackReply.done());
        assertThat(desk.votes).containsExactly("bob rejects r-1 true: freeze until Monday");
    }

    @Test
    void a_rejection_without_a_reason_is_asked_again() {
        SlackReply reply = press.reason(approvals, "U-BOB", QUESTION, " \n ");

        assertThat(reply.contentType()).startsWith("application/json");
        assertThat(reply.body())
                .isEqualTo("{\"response_action\":\"errors\",\"errors\":{\"release_pipeline_reason\":"
                        + "\"A rejection needs a reason\"}}");
        assertThat(desk.votes).isEmpty();
    }

    @Test
    void a_refusal_is_told_to_the_person_alone_and_rings_nobody() {
        desk.refusal = Optional.of(new RefusedException("vote", "release:r-1", "<!channel> no & never", List.of()));
        press.button(approvals, "U-BOB", Question.APPROVE, QUESTION);
        SlackReply reply = press.reason(approvals, "U-BOB", QUESTION, "because");

        JsonNode told = slack.ephemerals.get(0);
        assertThat(told.path("user").asText()).isEqualTo("U-BOB");
        assertThat(told.path("text").asText()).isEqualTo("&lt;!channel&gt; no &amp; never");
        assertThat(reply.body()).contains("response_action", "no & never");
    }

    @Test
    void somebody_who_is_nobody_here_has_no_vote() {
        press.button(approvals, "U-EVE", Question.APPROVE, QUESTION);

        assertThat(desk.votes).isEmpty();
        assertThat(slack.ephemerals.get(0).path("text").asText()).contains("Nobody here knows you");
    }

    @Test
    void the_same_user_id_of_another_workspace_is_somebody_else() {
        assertThat(SlackPeople.of("T1", Map.of("U-BOB", Sample.BOB)).actor("T2", "U-BOB"))
                .isEmpty();
    }

    @Test
    void a_store_that_is_down_does_not_tell_its_inside() {
        desk.refusal = Optional.of(AdapterException.passing("jdbc:postgresql://db:5432 refused", null));
        press.button(approvals, "U-BOB", Question.APPROVE, QUESTION);

        assertThat(slack.ephemerals.get(0).path("text").asText())
                .contains("try again")
                .doesNotContain("jdbc");
    }

    @Test
    void a_request_that_slack_did_not_sign_does_nothing() {
        byte[] body = Press.form(press.payload("block_actions", "U-BOB").toString());
        long time = clock.instant().getEpochSecond();
        Map<String, List<String>> headers = press.signed(time, body);
        byte[] changed = (new String(body, StandardCharsets.UTF_8) + "&x=1").getBytes(StandardCharsets.UTF_8);

        assertThat(approvals.receive(headers, changed).status()).isEqualTo(401);
        assertThat(approvals
                        .receive(new Press("another-secret", clock).signed(time, body), body)
                        .status())
                .isEqualTo(401);
        assertThat(approvals.receive(Map.of(), body).status()).isEqualTo(401);
        assertThat(approvals
                        .receive(Map.of("X-Slack-Signature", headers.get("x-slack-signature")), body)
                        .status())
                .isEqualTo(401);
        assertThat(approvals
                        .receive(
                                Map.of(
                                        "X-Slack-Signature",
                                        headers.get("x-slack-signature"),
                                        "X-Slack-Request-Timestamp",
                                        List.of(String.valueOf(time + 1))),
                                body)
                        .status())
                .isEqualTo(401);
        assertThat(approvals.receive(headers, body).status()).isEqualTo(200);
    }

    @Test
    void five_minutes_are_in_time_and_a_second_more_is_not() {
        byte[] body = Press.form("{}");
        long time = clock.instant().getEpochSecond();

        assertThat(approvals.receive(press.signed(time - 300, body), body).status())
                .isEqualTo(200);
        assertThat(approvals.receive(press.signed(time + 300, body), body).status())
                .isEqualTo(200);
        assertThat(approvals.receive(press.signed(time - 301, body), body).status())
                .isEqualTo(401);
        assertThat(approvals.receive(press.signed(time + 301, body), body).status())
                .isEqualTo(401);
    }

    @Test
    void a_recorded_request_is_refused() {
        byte[] body = Press.form(press.payload("block_actions", "U-BOB").toString());
        Map<String, List<String>> headers = press.signed(clock.instant().getEpochSecond(), body);

        assertThat(approvals.receive(headers, body).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(1));
        assertThat(approvals.receive(headers, body).status()).isEqualTo(401);
    }

    @Test
    void what_is_no_interaction_of_ours_does_nothing() {
        for (String payload :
                List.of("{}", "[]", "{\"type\":\"block_actions\"}", "{\"type\":\"shortcut\"}", "no json", "")) {
            byte[] body = Press.form(payload);
            int status = approvals
                    .receive(press.signed(clock.instant().getEpochSecond(), body), body)
                    .status();
            assertThat(status).as(payload).isIn(200, 400);
        }
        byte[] form = "a=b&payload=%zz".getBytes(StandardCharsets.UTF_8);
        assertThat(approvals
                        .receive(press.signed(clock.instant().getEpochSecond(), form), form)
                        .status())
                .isEqualTo(400);
        assertThat(Question.parse("")).isEmpty();
        assertThat(Question.parse("abc r-1")).isEmpty();
        assertThat(desk.votes).isEmpty();
        assertThat(slack.modals).isEmpty();
    }

    @Test
    void without_a_signing_secret_nothing_is_taken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlackApprovals.of(
                        Slack.channel(FakeSlack.CHANNEL, FakeSlack.TOKEN),
                        " ",
                        (team, user) -> Optional.empty(),
                        desk));
    }
}
