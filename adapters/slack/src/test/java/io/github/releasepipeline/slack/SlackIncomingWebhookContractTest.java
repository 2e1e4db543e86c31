package io.github.releasepipeline.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import io.github.releasepipeline.http.stub.StubServer;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.notify.Subscription;
import io.github.releasepipeline.tck.NotifierContract;
import io.github.releasepipeline.tck.NotifierFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class SlackIncomingWebhookContractTest extends NotifierContract {
    @Override
    protected NotifierFixture newFixture() {
        return new Incoming();
    }

    private static final class Incoming implements NotifierFixture {
        private final List<JsonNode> posted = new CopyOnWriteArrayList<>();
        private final StubServer server = StubServer.start(this::answer);
        private final SlackIncomingWebhook webhook = Slack.incomingWebhook(
                        server.base().resolve("/services/T000/B000/XXXX-secret"))
                .wanting(Subscription.toEverything())
                .options(HttpOptions.standard()
                        .headersTimeout(Duration.ofSeconds(3))
                        .patience(Duration.ofSeconds(6)));
        private volatile Mood mood = Mood.WELL;

        private Answer answer(Asked asked) {
            return switch (mood) {
                case WELL -> take(asked, text(200, "ok"));
                case SLOW -> take(asked, text(200, "ok"));
                case CUT -> take(asked, Answer.lost());
                case GARBAGE -> text(200, "<html>proxy</html>");
                case BUSY -> Answer.empty(503);
                case THROTTLED -> text(429, "rate_limited").header("Retry-After", "1");
                case GONE -> text(403, "invalid_token");
            };
        }

        private Answer take(Asked asked, Answer answer) {
            posted.add(asked.json());
            return answer;
        }

        private static Answer text(int status, String text) {
            return Answer.of(status, "text/plain", text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Notifier notifier() {
            return webhook;
        }

        @Override
        public void receiver(Mood value) {
            mood = value;
            server.latency(value == Mood.SLOW ? Duration.ofSeconds(5) : Duration.ZERO);
        }

        @Override
        public List<String> received() {
            return posted.stream().map(FakeSlack::text).toList();
        }

        @Override
        public List<String> secrets() {
            return List.of("XXXX-secret", "T000");
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
