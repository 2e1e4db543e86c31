package io.github.releasepipeline.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.notify.Bulletin;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Severity;
import io.github.releasepipeline.notify.Subscription;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.tck.SnapshotReader;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What arrives in a real mail server, and how it is brought there. */
class EmailTest {
    private static final String PASSWORD = "s3cret";

    private final GreenMail open = Mailbox.server(ServerSetup.PROTOCOL_SMTP);
    private final SnapshotReader now = new SnapshotReader();
    private ChainHead head = ChainHead.empty();

    EmailTest() {
        open.start();
    }

    @AfterEach
    void stop() {
        open.stop();
    }

    @Test
    void a_mail_tells_what_happened_and_how_it_stands_now_in_text_and_html() {
        Release release = release(
                "smoke tests green", "# Invoices\n\n* faster **extraction**\n* [more](https://acme.example/more)");
        Email email = email().linking(subject -> Optional.of(URI.create("https://acme.example/" + subject)));

        email.deliver(letter(release, new ReleaseEvent.Succeeded(Duration.ofSeconds(90), List.of())), now);

        Mailbox.Received mail = onlyMail();
        assertThat(mail.subject()).isEqualTo("v1.3.0 to production");
        assertThat(mail.from()).isEqualTo("Releases <releases@acme.example>");
        assertThat(mail.text())
                .contains("succeeded after 1 min 30 s", "Environment: production", "Requested by: alice")
                .contains("Reason: smoke tests green", "https://acme.example/release:r-1", "* faster **extraction**");
        assertThat(mail.html())
                .contains("<h2>v1.3.0 to production</h2>", "succeeded after 1 min 30 s")
                .contains("<a href=\"https://acme.example/release:r-1\">Show</a>")
                .contains("<li>faster <strong>extraction</strong></li>")
                .contains("<a href=\"https://acme.example/more\" rel=\"nofollow\">more</a>");
    }

    @Test
    void mails_about_one_release_are_one_conversation() {
        Release release = release("why", "");
        Email email = email();

        email.deliver(letter(release, new ReleaseEvent.Readied()), now);
        Letter second = letter(release, new ReleaseEvent.Rejected());
        email.deliver(second, now);
        email.deliver(new Letter(second.sink(), second.record(), 3), now);
        Release other = Sample.release("r-2").build();
        now.put(other.id(), other);
        email.deliver(
                new Letter("email", Sample.record(ChainHead.empty(), other.id(), new ReleaseEvent.Readied()), 0), now);

        List<Mailbox.Received> mails = Mailbox.of(open);
        String first = mails.get(0).messageId();
        assertThat(mails.get(0).inReplyTo()).isEmpty();
        assertThat(mails.get(1).inReplyTo()).contains(first);
        assertThat(mails.get(1).references()).contains(first);
        assertThat(mails.get(1).subject()).isEqualTo("Re: " + mails.get(0).subject());
        assertThat(mails.get(2).messageId())
                .as("sent again")
                .isEqualTo(mails.get(1).messageId());
        assertThat(mails.get(1).messageId()).isNotEqualTo(first).matches("<[0-9a-f]{40}@acme\\.example>");
        assertThat(mails.get(3).messageId()).isNotEqualTo(first);
    }

    @Test
    void hostile_text_arrives_harmless() {
        String hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> [click](javascript:alert(1)) "
                + "![track](https://evil.example/x.png) <a href='http://evil.example'>x</a>\r\nBcc: everyone@acme.example\r\n\r\n"
                + "\u001b[31m\u0000\u202egnp.exe";
        Release release = release(hostile, hostile + "\n\n" + "x".repeat(100_000));

        email().deliver(letter(release, new ReleaseEvent.Rejected(), hostile), now);

        Mailbox.Received mail = onlyMail();
        assertThat(mail.html())
                .doesNotContain(
                        "<script", "<img", "javascript:alert(1)\"", "href=\"http:", "href='", "\u0000", "\u202e")
                .contains("&lt;script&gt;");
        assertThat(mail.text()).doesNotContain("\u0000", "\u001b", "\u202e");
        assertThat(mail.raw().length()).isLessThan(100_000);
        String headers = mail.raw().substring(0, mail.raw().indexOf("\r\n\r\n"));
        assertThat(headers).doesNotContain("Bcc");
        assertThat(open.getReceivedMessages()).hasSize(1);
    }

    @Test
    void no_title_can_add_a_header() {
        Release release = release("why", "");
        String title = "v1\r\nBcc: everyone@acme.example\r\n\r\n<b>";
        Bulletin bulletin =
                new Bulletin(release.id().reference(), title, "", "", Severity.INFO, List.of(), Optional.empty());

        Mail mail = mail(letter(release, new ReleaseEvent.Rejected()), bulletin);

        assertThat(subject(mail)).isEqualTo("v1 Bcc: everyone@acme.example <b>");
        assertThat(headers(mail)).noneMatch(header -> header.startsWith("Bcc"));
    }

    @Test
    void addresses_that_are_none_are_refused_at_once() {
        for (String address : List.of("", "team", "a@b\r\nBcc: c@d", "a@b, c@d", "<script>")) {
            assertThatIllegalArgumentException()
                    .as(address)
                    .isThrownBy(() -> Email.of(SmtpServer.at("localhost", 25), "releases@acme.example", address));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Email.of(SmtpServer.at("localhost", 25), "releases@acme.example"));
    }

    @Test
    void it_wants_what_it_is_told_to_and_no_steps_if_it_is_not_told() {
        Release release = release("why", "");
        Notice step = notice(letter(release, new ReleaseEvent.StepStarted(Step.BACKUP, "k")));
        Notice end = notice(letter(release, new ReleaseEvent.Rejected()));

        assertThat(email().wants(end)).isTrue();
        assertThat(email().wants(step)).isFalse();
        assertThat(email().wanting(Subscription.to("release.step-*")).wants(step))
                .isTrue();
        assertThat(email().wanting(Subscription.to("release.step-*")).wants(end))
                .isFalse();
        assertThat(email().named("ops").name()).isEqualTo("ops");
    }

    @Test
    void a_refused_recipient_does_not_keep_the_mail_from_the_others() {
        try (MoodySmtp moody = new MoodySmtp(open.getSmtp().getPort())) {
            moody.refuse("gone@acme.example");
            Email email = Email.of(
                    SmtpServer.at("127.0.0.1", moody.port()).unprotected(),
                    "releases@acme.example",
                    "gone@acme.example",
                    "team@acme.example");

            email.deliver(letter(release("why", ""), new ReleaseEvent.Rejected()), now);
        }

        assertThat(open.getReceivedMessages()).hasSize(1);
    }

    @Test
    void nothing_is_sent_in_the_open_unless_wanted() {
        Email email = Email.of(
                SmtpServer.at("127.0.0.1", open.getSmtp().getPort()).login("releases", PASSWORD),
                "releases@acme.example",
                "team@acme.example");

        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> email.deliver(letter(release("why", ""), new ReleaseEvent.Rejected()), now))
                .withMessageContaining("STARTTLS")
                .matches(error -> !error.retryable());
        assertThat(open.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_wrong_password_is_a_lasting_failure_that_does_not_tell_it() {
        open.setUser("releases@acme.example", "releases", PASSWORD);
        open.getManagers().getUserManager().setAuthRequired(true);
        Email email = Email.of(
                SmtpServer.at("127.0.0.1", open.getSmtp().getPort())
                        .unprotected()
                        .login("releases", "wr0ng-one"),
                "releases@acme.example",
                "team@acme.example");

        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> email.deliver(letter(release("why", ""), new ReleaseEvent.Rejected()), now))
                .withMessageContaining("are user and password right?")
                .withMessageNotContaining("wr0ng-one")
                .matches(error -> !error.retryable());
    }

    @Test
    void a_certificate_that_is_not_trusted_is_refused() {
        GreenMail closed = Mailbox.server(ServerSetup.PROTOCOL_SMTPS);
        closed.start();
        try {
            SmtpServer server =
                    SmtpServer.at("localhost", closed.getSmtps().getPort()).implicitTls();
            Letter letter = letter(release("why", ""), new ReleaseEvent.Rejected());

            assertThatExceptionOfType(AdapterException.class)
                    .isThrownBy(() -> Email.of(server, "releases@acme.example", "team@acme.example")
                            .deliver(letter, now))
                    .matches(AdapterException::retryable);
            assertThat(closed.getReceivedMessages()).isEmpty();
        } finally {
            closed.stop();
        }
    }

    @Test
    void a_mail_goes_through_tls_to_a_server_that_is_trusted() throws GeneralSecurityException {
        GreenMail closed = Mailbox.server(ServerSetup.PROTOCOL_SMTPS);
        closed.start();
        try {
            Email email = Email.of(
                    SmtpServer.at("localhost", closed.getSmtps().getPort())
                            .implicitTls()
                            .trusting(trustingEverybody()),
                    "releases@acme.example",
                    "team@acme.example");

            email.deliver(letter(release("why", ""), new ReleaseEvent.Rejected()), now);

            assertThat(closed.getReceivedMessages()).hasSize(1);
        } finally {
            closed.stop();
        }
    }

    private static SSLContext trustingEverybody() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Everybody()}, null);
        return context;
    }

    private static final class Everybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static Mail mail(Letter letter, Bulletin bulletin) {
        try {
            InternetAddress address = new InternetAddress("releases@acme.example");
            return new Mail(Session.getInstance(new Properties()), letter)
                    .between(address, List.of(address))
                    .saying(bulletin, Optional.empty());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String subject(Mail mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> headers(Mail mail) {
        try {
            return Collections.list(mail.getAllHeaderLines());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Email email() {
        return Email.of(
                SmtpServer.at("127.0.0.1", open.getSmtp().getPort()).unprotected(),
                "Releases <releases@acme.example>",
                "team@acme.example");
    }

    private Mailbox.Received onlyMail() {
        List<Mailbox.Received> mails = Mailbox.of(open);
        assertThat(mails).hasSize(1);
        return mails.get(0);
    }

    private Release release(String reason, String notes) {
        Release release = Sample.release("r-1")
                .reason(reason)
                .state(new ReleaseState.Succeeded(Sample.NOW))
                .build();
        now.put(release.id(), release);
        now.put(
                release.version(),
                Sample.version(release.version().value(), release.number())
                        .notes(notes)
                        .build());
        return release;
    }

    private Letter letter(Release release, ReleaseEvent event) {
        return letter(release, event, "because");
    }

    private Letter letter(Release release, ReleaseEvent event, String reason) {
        Stamp stamp = new Stamp(Sample.BOB, Sample.NOW, Optional.of(reason));
        AuditRecord record = AuditRecord.next(head, release.id(), "record-" + head.length(), stamp, event);
        head = record.head();
        return new Letter("email", record, 0);
    }

    private static Notice notice(Letter letter) {
        return new Notice(letter.record(), Optional.of(Sample.PRODUCTION));
    }
}
