package io.github.releasepipeline.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Subscription;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.tck.NotifierFixture.Mood;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.tck.SnapshotReader;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is posted, and that those who receive it can tell that it is genuine. */
class WebhookTest {
    private static final SigningSecret OLD = SigningSecret.of("whsec_b2xkLW9sZC1vbGQtb2xkLW9sZC1vbGQtb2xk");
    private static final SigningSecret NEW = SigningSecret.of("whsec_bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);

    private final MoodyReceiver receiver = new MoodyReceiver();
    private final SnapshotReader now = new SnapshotReader();
    private final Release release = Sample.release("r-1").build();
    private final Version version =
            Sample.version("v-1", Sample.number(1, 3, 0)).build();

    WebhookTest() {
        now.put(release.id(), release).put(version.id(), version);
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void an_event_is_a_structured_cloud_event_with_the_record_of_the_audit_trail() {
        Letter letter = letter(Sample.changeSet("cs-1").build().id(), new ChangeSetEvent.Readied());

        webhook(NEW).deliver(letter, now);

        MoodyReceiver.Message message = receiver.messages.get(0);
        assertThat(message.target()).isEqualTo("/hook?code=1");
        assertThat(message.headers().get("Content-Type")).isEqualTo("application/cloudevents+json; charset=utf-8");
        JsonNode event = json(message);
        assertThat(event.path("specversion").textValue()).isEqualTo("1.0");
        assertThat(event.path("id").textValue()).isEqualTo(letter.record().id());
        assertThat(event.path("source").textValue()).isEqualTo("https://pipeline.acme.example/flows");
        assertThat(event.path("type").textValue()).isEqualTo("io.github.releasepipeline.change-set.readied");
        assertThat(event.path("subject").textValue()).isEqualTo("change-set:cs-1");
        assertThat(event.path("time").textValue()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(event.path("datacontenttype").textValue()).isEqualTo("application/json");
        assertThat(event.path("data")).isEqualTo(parsed(letter.record().canonical()));
    }

    @Test
    void what_runs_where_is_told_in_the_words_of_cdevents() {
        EnvironmentId production = new EnvironmentId(Sample.PRODUCTION);
        Letter letter = letter(
                production,
                new EnvironmentEvent.Activated(
                        release.id(), version.id(), version.number(), version.manifest(), Optional.empty()));

        webhook(NEW).deliver(letter, now);

        JsonNode event = json(receiver.messages.get(0));
        JsonNode data = event.path("data");
        assertThat(event.path("type").textValue()).isEqualTo("dev.cdevents.service.deployed.0.3.0");
        assertThat(event.path("subject").textValue()).isEqualTo("service/flows");
        assertThat(event.path("datacontenttype").textValue()).isEqualTo("application/cdevents+json");
        assertThat(data.path("context"))
                .isEqualTo(parsed("{\"specversion\":\"0.5.0\",\"id\":\""
                        + letter.record().id()
                        + "\",\"source\":\"https://pipeline.acme.example/flows\","
                        + "\"type\":\"dev.cdevents.service.deployed.0.3.0\",\"timestamp\":\"2026-03-01T10:00:00Z\"}"));
        assertThat(data.path("subject").path("id").textValue()).isEqualTo("service/flows");
        assertThat(data.path("subject").path("content"))
                .isEqualTo(parsed("{\"environment\":{\"id\":\"production\",\"source\":"
                        + "\"https://pipeline.acme.example/flows\"},\"artifactId\":\"pkg:generic/flows@v1.3.0?checksum=sha256:"
                        + version.manifest().hex() + "\"}"));
        assertThat(data.path("customData")).isEqualTo(parsed(letter.record().canonical()));
    }

    @Test
    void every_event_that_cdevents_has_a_type_for_gets_it() {
        EnvironmentId production = new EnvironmentId(Sample.PRODUCTION);
        assertThat(type(
                        production,
                        new EnvironmentEvent.RolledBackTo(
                                release.id(), version.id(), version.number(), version.manifest())))
                .isEqualTo("dev.cdevents.service.rolledback.0.3.0");
        assertThat(type(production, new EnvironmentEvent.Degraded("disk full", List.of())))
                .isEqualTo("dev.cdevents.environment.modified.0.3.0");
        assertThat(type(version.id(), new VersionEvent.Published())).isEqualTo("dev.cdevents.artifact.published.0.3.0");
        assertThat(type(release.id(), new ReleaseEvent.Queued())).isEqualTo("dev.cdevents.pipelinerun.queued.0.3.0");
        assertThat(type(release.id(), new ReleaseEvent.AttemptStarted(1, 1)))
                .isEqualTo("dev.cdevents.pipelinerun.started.0.3.0");
        assertThat(type(release.id(), new ReleaseEvent.Succeeded(Duration.ZERO, List.of())))
                .isEqualTo("dev.cdevents.pipelinerun.finished.0.3.0");
        assertThat(type(release.id(), new ReleaseEvent.StepStarted(Step.BACKUP, "key")))
                .isEqualTo("dev.cdevents.taskrun.started.0.3.0");
        assertThat(type(release.id(), new ReleaseEvent.Rejected()))
                .isEqualTo("io.github.releasepipeline.release.rejected");
    }

    @Test
    void the_outcome_of_a_run_is_told() {
        webhook(NEW)
                .deliver(
                        letter(
                                release.id(),
                                new ReleaseEvent.Failed(
                                        Step.QUALITY_GATES, Duration.ZERO, FailureKind.FAILED, "3 tests red")),
                        now);
        webhook(NEW)
                .deliver(
                        letter(
                                release.id(),
                                new ReleaseEvent.StepFailed(
                                        Step.BACKUP, Duration.ZERO, FailureKind.ERRORED, "no space")),
                        now);

        assertThat(content(0))
                .isEqualTo(parsed("{\"pipelineName\":\"flows to production\",\"outcome\":\"failure\","
                        + "\"errors\":\"3 tests red\"}"));
        assertThat(content(1))
                .isEqualTo(parsed("{\"outcome\":\"error\",\"errors\":\"no space\",\"taskName\":\"backup\","
                        + "\"pipelineRun\":{\"id\":\"r-1\",\"source\":\"https://pipeline.acme.example/flows\"}}"));
    }

    @Test
    void receivers_can_change_their_secret_in_their_own_time() {
        webhook(OLD, NEW).deliver(letter(release.id(), new ReleaseEvent.Rejected()), now);

        MoodyReceiver.Message message = receiver.messages.get(0);
        assertThat(WebhookVerifier.of(CLOCK, OLD).verify(message.headers(), message.body()))
                .isEqualTo(Verdict.GENUINE);
        assertThat(WebhookVerifier.of(CLOCK, NEW).verify(message.headers(), message.body()))
                .isEqualTo(Verdict.GENUINE);
        assertThat(WebhookVerifier.of(CLOCK, NEW, OLD).verify(message.headers(), message.body()))
                .isEqualTo(Verdict.GENUINE);
    }

    @Test
    void a_message_that_is_sent_again_has_the_same_id() {
        Letter letter = letter(release.id(), new ReleaseEvent.Rejected());
        webhook(NEW).deliver(letter, now);
        webhook(NEW).deliver(new Letter(letter.sink(), letter.record(), 7), now);
        webhook(NEW).named("other").deliver(new Letter("other", letter.record(), 0), now);

        List<String> ids = receiver.messages.stream()
                .map(message -> message.headers().get("webhook-id"))
                .toList();
        assertThat(ids.get(0)).matches("msg_[0-9a-f]{32}").isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
    }

    @Test
    void hostile_text_stays_text() {
        String hostile = "\"}],\"type\":\"x\"} <script> @channel \u0000\u001b\u2028 " + Sample.HUGE;
        webhook(NEW).deliver(letter(release.id(), new ReleaseEvent.ApprovalsLapsed(release.plan(), hostile)), now);

        JsonNode event = json(receiver.messages.get(0));
        assertThat(event.path("type").textValue()).isEqualTo("io.github.releasepipeline.release.approvals-lapsed");
        assertThat(event.path("data").path("data").path("why").textValue()).isEqualTo(hostile);
    }

    @Test
    void a_receiver_that_counts_says_when_to_come_again() {
        receiver.mood = Mood.THROTTLED;
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> webhook(NEW).deliver(letter(release.id(), new ReleaseEvent.Rejected()), now))
                .matches(error ->
                        error.retryAt().equals(Optional.of(CLOCK.instant().plusSeconds(1))));
    }

    @Test
    void no_secret_shows_itself() {
        assertThat(NEW.toString()).isEqualTo("whsec_…");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningSecret.of("whsec_tooshort"))
                .withMessageNotContaining("tooshort");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningSecret.of("not-base64-at-all!!"))
                .withMessageNotContaining("not-base64");
    }

    @Test
    void wiring_mistakes_are_told_at_once() {
        assertThatIllegalArgumentException().isThrownBy(() -> Webhook.to(receiver.address("/")));
        assertThatIllegalArgumentException().isThrownBy(() -> Webhook.to(receiver.address("/"), OLD, NEW, NEW));
        assertThatIllegalArgumentException().isThrownBy(() -> Webhook.to(URI.create("ftp://acme.example/"), NEW));
        assertThatIllegalArgumentException().isThrownBy(() -> webhook(NEW).speakingFor(URI.create("/x"), "Not A Name"));
    }

    @Test
    void it_wants_what_it_is_told_to() {
        Webhook webhook = webhook(NEW).wanting(Subscription.to("release.rejected"));
        assertThat(webhook.wants(new Notice(
                        letter(release.id(), new ReleaseEvent.Rejected()).record(), Optional.empty())))
                .isTrue();
        assertThat(webhook.wants(new Notice(
                        letter(release.id(), new ReleaseEvent.Readied()).record(), Optional.empty())))
                .isFalse();
    }

    private String type(SubjectId<?> subject, DomainEvent event) {
        webhook(NEW).deliver(letter(subject, event), now);
        return json(receiver.messages.get(receiver.messages.size() - 1))
                .path("type")
                .textValue();
    }

    private JsonNode content(int message) {
        return json(receiver.messages.get(message)).path("data").path("subject").path("content");
    }

    private Webhook webhook(SigningSecret... secrets) {
        return Webhook.to(receiver.address("/hook?code=1"), secrets)
                .speakingFor(URI.create("https://pipeline.acme.example/flows"), "flows")
                .options(HttpOptions.standard().clock(CLOCK));
    }

    private static Letter letter(SubjectId<?> subject, DomainEvent event) {
        return new Letter("webhook", Sample.record(ChainHead.empty(), subject, event), 0);
    }

    private static JsonNode json(MoodyReceiver.Message message) {
        return parsed(message.text());
    }

    private static JsonNode parsed(String text) {
        try {
            return Json.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
