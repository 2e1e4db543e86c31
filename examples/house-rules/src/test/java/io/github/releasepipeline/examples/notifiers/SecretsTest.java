package io.github.releasepipeline.examples.notifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.email.Email;
import io.github.releasepipeline.email.SmtpServer;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.memory.MemorySourceControl;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.notify.Subscription;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.slack.Slack;
import io.github.releasepipeline.slack.SlackApprovals;
import io.github.releasepipeline.store.BuriedLetter;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.tck.SnapshotReader;
import io.github.releasepipeline.webhook.SigningSecret;
import io.github.releasepipeline.webhook.Webhook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that repeat what they are told get no secret into a log, an error or the list of buried letters. */
@Timeout(60)
class SecretsTest {
    private static final String TOKEN = "xoxb-1234567890-secret";
    private static final String PASSWORD = "mail-password-secret";
    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String PATH = "T000/B000/path-secret";
    private static final String QUERY = "query-secret";
    private static final List<String> SECRETS =
            List.of(TOKEN, PASSWORD, base64("\0releases\0" + PASSWORD), base64(PASSWORD), KEY, PATH, QUERY);

    @Test
    void no_failure_of_a_delivery_tells_a_secret() {
        SnapshotReader now = new SnapshotReader();
        Letter letter = new Letter(
                "x",
                Sample.record(ChainHead.empty(), Sample.release("r-1").build().id(), new ReleaseEvent.Rejected()),
                0);
        for (int status : List.of(302, 400, 401, 403, 429, 503)) {
            try (Parrot http = Parrot.http(status);
                    Parrot smtp = Parrot.smtp()) {
                notifiers(http, smtp).forEach(notifier -> {
                    Throwable error = catchThrowable(() -> notifier.deliver(letter, now));
                    assertThat(error).as(notifier.name() + " at " + status).isInstanceOf(AdapterException.class);
                    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                        assertHarmless(cause.toString());
                    }
                    assertHarmless(notifier.toString());
                });
            }
        }
    }

    @Test
    void no_log_and_no_buried_letter_tells_a_secret() {
        try (Parrot http = Parrot.http(403);
                Parrot smtp = Parrot.smtp();
                Pipeline pipeline = pipeline(notifiers(http, smtp).toList())) {
            pipeline.as(Actor.user("alice")).changeSets().create("Set", set -> {});
            await().until(() -> buried(pipeline).size() == 4);
            assertThat(buried(pipeline)).allSatisfy(letter -> assertHarmless(letter.error()));

            SlackApprovals approvals = SlackApprovals.of(
                    Slack.channel("#releases", TOKEN),
                    "signing-secret",
                    (team, user) -> Optional.empty(),
                    pipeline.approvalDesk());
            approvals.receive(Map.of("X-Slack-Signature", List.of("v0=" + KEY)), new byte[0]);
        }
        assertThat(KeptLog.LINES).anyMatch(line -> line.contains("Not delivered"));
        assertThat(KeptLog.LINES).allSatisfy(SecretsTest::assertHarmless);
        assertThat(KeptLog.LINES).noneMatch(line -> line.contains("signing-secret"));
    }

    private static List<BuriedLetter> buried(Pipeline pipeline) {
        return pipeline.as(Actor.user("alice"))
                .letters()
                .buried(PageRequest.first(10))
                .rows();
    }

    private static void assertHarmless(String said) {
        assertThat(SECRETS).as(said).noneMatch(said::contains);
    }

    private static Stream<Notifier> notifiers(Parrot http, Parrot smtp) {
        URI base = URI.create("http://localhost:" + http.port());
        HttpOptions options = HttpOptions.standard().patience(Duration.ofMillis(900));
        return Stream.of(
                Slack.channel("#releases", TOKEN)
                        .wanting(Subscription.toEverything())
                        .at(base, options),
                Slack.incomingWebhook(base.resolve("/services/" + PATH))
                        .named("slack-hook")
                        .wanting(Subscription.toEverything())
                        .options(options),
                Webhook.to(base.resolve("/" + PATH + "?code=" + QUERY), SigningSecret.of("whsec_" + KEY))
                        .options(options),
                Email.of(
                        SmtpServer.at("localhost", smtp.port()).unprotected().login("releases", PASSWORD),
                        "releases@acme.example",
                        "team@acme.example"));
    }

    private static Pipeline pipeline(List<Notifier> notifiers) {
        List<ItemKind> kinds = List.of(ItemKind.of("workflow", "workflows/**"));
        MemoryItemRepository repository = new MemoryItemRepository(Clock.systemUTC());
        return WiredNotifiers.start(
                Pipeline.builder()
                        .sourceControl(new MemorySourceControl("acme/flows", repository, kinds, Clock.systemUTC()))
                        .repository(repository)
                        .store(new MemoryPipelineStore())
                        .items(kinds.toArray(ItemKind[]::new))
                        .environment("staging", new ScriptedTarget()),
                notifiers);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
