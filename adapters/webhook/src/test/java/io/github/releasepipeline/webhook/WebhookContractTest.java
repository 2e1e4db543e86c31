package io.github.releasepipeline.webhook;

import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.tck.NotifierContract;
import io.github.releasepipeline.tck.NotifierFixture;
import java.time.Duration;
import java.util.List;

class WebhookContractTest extends NotifierContract {
    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Override
    protected NotifierFixture newFixture() {
        MoodyReceiver receiver = new MoodyReceiver();
        Webhook webhook = Webhook.to(
                        receiver.address("/hooks/path-that-nobody-else-knows?code=query-that-nobody-else-knows"),
                        SigningSecret.of("whsec_" + KEY))
                .options(HttpOptions.standard()
                        .headersTimeout(Duration.ofSeconds(3))
                        .patience(Duration.ofSeconds(5)));
        return new NotifierFixture() {
            @Override
            public Notifier notifier() {
                return webhook;
            }

            @Override
            public void receiver(Mood mood) {
                receiver.mood = mood;
            }

            @Override
            public List<String> received() {
                return receiver.messages.stream()
                        .map(MoodyReceiver.Message::text)
                        .toList();
            }

            @Override
            public List<String> secrets() {
                return List.of(KEY, "path-that-nobody-else-knows", "query-that-nobody-else-knows");
            }

            @Override
            public void close() {
                receiver.close();
            }
        };
    }
}
