package io.github.releasepipeline.slack;

import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.notify.Subscription;
import io.github.releasepipeline.tck.NotifierContract;
import io.github.releasepipeline.tck.NotifierFixture;
import io.github.releasepipeline.tck.Sample;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

class SlackChannelContractTest extends NotifierContract {
    @Override
    protected NotifierFixture newFixture() {
        FakeSlack slack = new FakeSlack(Clock.fixed(Sample.NOW, ZoneOffset.UTC));
        SlackChannel channel = Slack.channel("#releases", FakeSlack.TOKEN)
                .wanting(Subscription.toEverything())
                .at(
                        slack.base(),
                        HttpOptions.standard()
                                .headersTimeout(Duration.ofSeconds(3))
                                .patience(Duration.ofSeconds(6)));
        return new NotifierFixture() {
            @Override
            public Notifier notifier() {
                return channel;
            }

            @Override
            public void receiver(Mood mood) {
                slack.mood(mood);
            }

            @Override
            public List<String> received() {
                return slack.channel();
            }

            @Override
            public List<String> secrets() {
                return List.of(FakeSlack.TOKEN);
            }

            @Override
            public void close() {
                slack.close();
            }
        };
    }
}
