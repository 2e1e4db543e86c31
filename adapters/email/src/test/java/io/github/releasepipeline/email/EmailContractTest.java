package io.github.releasepipeline.email;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.notify.Subscription;
import io.github.releasepipeline.tck.NotifierContract;
import io.github.releasepipeline.tck.NotifierFixture;
import java.time.Duration;
import java.util.List;

class EmailContractTest extends NotifierContract {
    private static final String PASSWORD = "s3cret-of-the-mail-server";

    @Override
    protected NotifierFixture newFixture() {
        GreenMail server = Mailbox.server(ServerSetup.PROTOCOL_SMTP);
        server.setUser("releases@acme.example", "releases", PASSWORD);
        server.start();
        MoodySmtp moody = new MoodySmtp(server.getSmtp().getPort());
        Email email = Email.of(
                        SmtpServer.at("127.0.0.1", moody.port())
                                .unprotected()
                                .login("releases", PASSWORD)
                                .timeout(Duration.ofSeconds(3)),
                        "releases@acme.example",
                        "team@acme.example")
                .wanting(Subscription.toEverything());
        return new NotifierFixture() {
            @Override
            public Notifier notifier() {
                return email;
            }

            @Override
            public void receiver(Mood mood) {
                moody.mood = mood;
            }

            @Override
            public List<String> received() {
                return Mailbox.of(server).stream().map(Mailbox.Received::all).toList();
            }

            @Override
            public List<String> secrets() {
                return List.of(PASSWORD);
            }

            @Override
            public void close() {
                moody.close();
                server.stop();
            }
        };
    }
}
