package io.github.releasepipeline.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.tck.NotifierFixture.Mood;
import io.github.releasepipeline.tck.ReleaseSample;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.tck.SnapshotReader;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people see of releases in Slack. */
class SlackChannelTest {
    private static final Clock CLOCK = Clock.fixed(Sample.NOW, ZoneOffset.UTC);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeSlack slack = new FakeSlack(CLOCK);
    private final SnapshotReader now = new SnapshotReader();
    private final SlackChannel channel = process();
    private ChainHead head = ChainHead.empty();

    @AfterEach
    void close() {
        slack.close();
    }

    @Test
    void a_release_is_one_message_that_is_kept_up_to_date_with_its_milestones_in_a_thread() {
        is(Sample.release("r-1"));
        deliver(new ReleaseEvent.ApprovalsLapsed(Sample.release("r-1").build().plan(), "plan changed"));
        is(Sample.release("r-1").state(running()).attempts(attempt()));
        deliver(new ReleaseEvent.StepSucceeded(Step.PRE_DEPLOYMENT_CHECKS, SECOND, "3 of 3 healthy", Optional.empty()));
        deliver(new ReleaseEvent.StepStarted(Step.QUALITY_GATES, "key"));
        is(Sample.release("r-1").state(new ReleaseState.Succeeded(Sample.NOW)).attempts(attempt()));
        deliver(new ReleaseEvent.Succeeded(Duration.ofSeconds(75), List.of()));

        assertThat(slack.channel())
                .singleElement()
                .asString()
                .contains("✅ v1.3.0 to production", "Status\nsucceeded", "Environment\nproduction")
                .contains("Version\nv1.3.0", "Requested by\nalice", "Release\nr-1")
                .contains("✓ pre-deployment checks (1 s)\n▶ quality gates\n· backup");
        assertThat(slack.threads()).hasSize(3);
        assertThat(slack.threads().get(0)).contains("approvals lapsed: plan changed");
        assertThat(slack.threads().get(1)).contains("✓ pre-deployment checks (1 s): 3 of 3 healthy");
        assertThat(slack.threads().get(2)).contains("succeeded after 1 min 15 s");
    }

    @Test
    void late_letters_show_what_is_so_now() {
        is(Sample.release("r-1").state(new ReleaseState.Succeeded(Sample.NOW)));
        deliver(new ReleaseEvent.Readied());

        assertThat(slack.channel()).singleElement().asString().contains("Status\nsucceeded");
    }

    @Test
    void a_message_that_says_the_same_already_is_not_written_again() {
        is(Sample.release("r-1"));
        deliver(new ReleaseEvent.StepStarted(Step.BACKUP, "key"));
        deliver(new ReleaseEvent.StepStarted(Step.BACKUP, "key"));

        assertThat(slack.calls("chat.postMessage")).isEqualTo(1);
        assertThat(slack.calls("chat.update")).isZero();
    }

    @Test
    void alerts_are_shown_in_the_channel_too() {
        is(Sample.release("r-1")
                .state(new ReleaseState.Failed(Step.BACKUP, FailureKind.ERRORED, "disk full", Sample.NOW)));
        deliver(new ReleaseEvent.Failed(Step.BACKUP, SECOND, FailureKind.ERRORED, "disk full"));

        JsonNode reply = slack.all().get(1);
        assertThat(reply.path("reply_broadcast").asBoolean()).isTrue();
        assertThat(FakeSlack.text(reply)).contains("🚨 failed in backup after 1 s: disk full");
        assertThat(slack.channel().get(0)).contains("❌", "Outcome\nfailed in backup: disk full");
    }

    @Test
    void another_process_finds_the_message_and_its_replies() {
        is(Sample.release("r-1"));
        Letter letter = letter(new ReleaseEvent.Readied());
        channel.deliver(letter, now);
        for (int other = 2; other < 9; other++) {
            Release noise = Sample.release("r-" + other).build();
            now.put(noise.id(), noise);
            channel.deliver(letter(noise.id(), new ReleaseEvent.Readied()), now);
        }
        is(Sample.release("r-1").state(new ReleaseState.Ready(Sample.NOW)));

        process().deliver(letter, now);

        assertThat(slack.channel()).hasSize(8);
        assertThat(slack.channel().get(0)).contains("Status\nready");
        assertThat(slack.threads()).hasSize(8);
    }

    @Test
    void an_answer_that_was_lost_makes_no_second_message() {
        is(Sample.release("r-1"));
        Letter letter = letter(new ReleaseEvent.Readied());
        slack.mood(Mood.CUT);
        assertThatExceptionOfType(AdapterException.class).isThrownBy(() -> channel.deliver(letter, now));
        assertThat(slack.channel()).hasSize(1);
        assertThatExceptionOfType(AdapterException.class).isThrownBy(() -> channel.deliver(letter, now));
        slack.mood(Mood.WELL);
        channel.deliver(letter, now);
        channel.deliver(letter, now);

        assertThat(slack.channel()).hasSize(1);
        assertThat(slack.threads()).hasSize(1);
    }

    @Test
    void a_message_that_somebody_deleted_is_written_anew() {
        is(Sample.release("r-1"));
        deliver(new ReleaseEvent.StepStarted(Step.BACKUP, "key"));
        slack.delete(0);
        is(Sample.release("r-1").state(running()));
        deliver(new ReleaseEvent.StepStarted(Step.BACKUP, "key"));

        assertThat(slack.channel()).singleElement().asString().contains("in progress");
    }

    @Test
    void two_pipelines_in_one_channel_do_not_take_each_other_s_messages() {
        is(Sample.release("r-1"));
        Letter letter = letter(new ReleaseEvent.StepStarted(Step.BACKUP, "key"));
        channel.deliver(letter, now);
        process().named("other").deliver(letter, now);

        assertThat(slack.channel()).hasSize(2);
    }

    @Test
    void what_is_no_release_is_a_message_of_its_own_once() {
        Letter letter =
                letter(new EnvironmentId(Sample.PRODUCTION), new EnvironmentEvent.Degraded("disk full", List.of()));
        channel.deliver(letter, now);
        process().deliver(letter, now);

        assertThat(slack.channel())
                .singleElement()
                .asString()
                .contains("🚨 Environment production", "degraded: disk full");
    }

    @Test
    void hostile_text_rings_nobody_leads_nowhere_and_fits() {
        String hostile =
                "<!channel> <@U123> @here #general <https://evil.example|click> https://evil.example *b* `c` & \u0000\u001b[31m\u202e"
                        + "<script>alert(1)</script>\n" + "x".repeat(100_000);
        is(Sample.release("r-1")
                .reason(hostile)
                .state(new ReleaseState.Failed(Step.BACKUP, FailureKind.FAILED, hostile, Sample.NOW)));
        deliver(new ReleaseEvent.Failed(Step.BACKUP, SECOND, FailureKind.FAILED, hostile));

        for (JsonNode message : slack.all()) {
            assertThat(message.path("text").asText()).doesNotContain("<", ">").hasSizeLessThanOrEqualTo(4_000);
            assertThat(message.path("link_names").asBoolean(true)).isFalse();
            assertThat(message.path("unfurl_links").asBoolean(true)).isFalse();
            assertThat(message.path("parse").asText()).isEqualTo("none");
            assertThat(message.path("blocks").findValuesAsText("type")).doesNotContain("mrkdwn");
            assertThat(FakeSlack.text(message)).doesNotContain("\u0000", "\u001b", "\u202e");
        }
        assertThat(slack.channel()).hasSize(1);
    }

    @Test
    void a_link_is_the_hosts() {
        is(Sample.release("r-1"));
        process()
                .linking(subject -> Optional.of(URI.create("https://acme.example/" + subject + "?a=1&b=%7C")))
                .deliver(letter(new ReleaseEvent.StepStarted(Step.BACKUP, "key")), now);

        assertThat(slack.channel().get(0)).contains("<https://acme.example/release:r-1?a=1&amp;b=%7C|Show>");
    }

    @Test
    void buttons_are_there_only_while_a_release_waits_for_approval_and_answers_can_be_given() {
        SlackChannel asking = process().askingForApproval();
        is(Sample.release("r-1"));
        asking.deliver(letter(new ReleaseEvent.StepStarted(Step.BACKUP, "key")), now);
        assertThat(slack.all().get(0).path("blocks").findValuesAsText("action_id"))
                .containsExactly(Question.APPROVE, Question.REJECT);

        is(Sample.release("r-1").state(new ReleaseState.Ready(Sample.NOW)));
        asking.deliver(letter(new ReleaseEvent.StepStarted(Step.BACKUP, "key")), now);
        assertThat(slack.all().get(0).path("blocks").findValuesAsText("action_id"))
                .isEmpty();

        is(Sample.release("r-1"));
        channel.deliver(letter(new ReleaseEvent.StepStarted(Step.BACKUP, "key")), now);
        assertThat(slack.all().get(0).path("blocks").findValuesAsText("action_id"))
                .isEmpty();
    }

    @Test
    void errors_of_the_workspace_are_told_clearly() {
        assertError("{\"ok\":false,\"error\":\"invalid_auth\"}", false, "invalid_auth: the bot token is wrong");
        assertError("{\"ok\":false,\"error\":\"not_in_channel\"}", false, "/invite it there");
        assertError("{\"ok\":false,\"error\":\"is_archived\"}", false, "the channel is archived");
        assertError(
                "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"channels:history\",\"provided\":\"chat:write\"}",
                false,
                "the app needs the scope channels:history and has chat:write");
        assertError("{\"ok\":false,\"error\":\"internal_error\"}", true, "internal_error");
        assertError("{\"ok\":false,\"error\":\"something_new\"}", false, "something_new");
        assertError("{\"hello\":1}", true, "what Slack never says");
    }

    @Test
    void a_limit_told_by_ok_false_is_kept_like_one_told_by_429() {
        slack.error = Optional.of("{\"ok\":false,\"error\":\"ratelimited\"}");
        is(Sample.release("r-1"));

        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> deliver(new ReleaseEvent.Readied()))
                .matches(error -> error.retryAt().equals(Optional.of(Sample.NOW.plusSeconds(30))));
    }

    @Test
    void a_channel_that_the_app_is_not_in_is_a_lasting_failure() {
        is(Sample.release("r-1"));
        SlackChannel wrong = Slack.channel("#nowhere", FakeSlack.TOKEN)
                .at(slack.base(), HttpOptions.standard().clock(CLOCK));

        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> wrong.deliver(letter(new ReleaseEvent.Readied()), now))
                .withMessageContaining("#nowhere")
                .withMessageContaining("channel_not_found")
                .matches(error -> !error.retryable());
    }

    @Test
    void a_channel_is_an_id_or_a_name() {
        assertThatIllegalArgumentException().isThrownBy(() -> Slack.channel("releases", FakeSlack.TOKEN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Slack.channel("#releases", " " + FakeSlack.TOKEN + "\n"))
                .withMessageNotContaining(FakeSlack.TOKEN);
    }

    private void assertError(String answer, boolean retryable, String words) {
        slack.error = Optional.of(answer);
        is(Sample.release("r-1"));
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> deliver(new ReleaseEvent.Readied()))
                .withMessageContaining(words)
                .withMessageNotContaining(FakeSlack.TOKEN)
                .matches(error -> error.retryable() == retryable);
    }

    /** As another process would begin: nothing is remembered. */
    private SlackChannel process() {
        return Slack.channel(FakeSlack.CHANNEL, FakeSlack.TOKEN)
                .at(slack.base(), HttpOptions.standard().clock(CLOCK).patience(Duration.ofSeconds(10)));
    }

    private static ReleaseState running() {
        return new ReleaseState.InProgress(Sample.NOW, Optional.empty());
    }

    private static Attempt attempt() {
        return new Attempt(
                1,
                1,
                Sample.ALICE,
                Sample.NOW,
                Optional.empty(),
                List.of(
                        StepRun.begun(Step.PRE_DEPLOYMENT_CHECKS, "k1", Sample.NOW)
                                .now(StepRun.Status.SUCCEEDED, Optional.of(SECOND), ""),
                        StepRun.begun(Step.QUALITY_GATES, "k2", Sample.NOW)));
    }

    private void is(ReleaseSample sample) {
        Release release = sample.build();
        now.put(release.id(), release);
    }

    private void deliver(ReleaseEvent event) {
        channel.deliver(letter(event), now);
    }

    private Letter letter(ReleaseEvent event) {
        return letter(Sample.release("r-1").build().id(), event);
    }

    private Letter letter(SubjectId<?> subject, DomainEvent event) {
        Stamp stamp = new Stamp(Sample.BOB, Sample.NOW, Optional.empty());
        AuditRecord record = AuditRecord.next(head, subject, "record-" + head.length(), stamp, event);
        head = record.head();
        return new Letter("slack", record, 0);
    }
}
