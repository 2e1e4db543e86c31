package io.github.releasepipeline.email;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Mails as a receiver reads them. */
final class Mailbox {
    private Mailbox() {}

    /** A server on a free port, which may take its time to start. */
    static GreenMail server(String protocol) {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(30_000);
        return new GreenMail(setup);
    }

    record Received(
            String subject,
            String from,
            String messageId,
            Optional<String> inReplyTo,
            Optional<String> references,
            String text,
            String html,
            String raw) {
        String all() {
            return subject + "\n" + text + "\n" + html;
        }
    }

    /** One for each mail, though it went to several. */
    static List<Received> of(GreenMail server) {
        return Arrays.stream(server.getReceivedMessages()).map(Mailbox::read).toList();
    }

    private static Received read(MimeMessage mail) {
        try {
            MimeMultipart parts = (MimeMultipart) mail.getContent();
            return new Received(
                    mail.getSubject(),
                    mail.getFrom()[0].toString(),
                    mail.getMessageID(),
                    header(mail, "In-Reply-To"),
                    header(mail, "References"),
                    content(parts.getBodyPart(0), "text/plain"),
                    content(parts.getBodyPart(1), "text/html"),
                    GreenMailUtil.getWholeMessage(mail));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(BodyPart part, String type) throws MessagingException, IOException {
        if (!part.isMimeType(type)) {
            throw new IllegalStateException("Not " + type + " but " + part.getContentType());
        }
        return (String) part.getContent();
    }

    private static Optional<String> header(MimeMessage mail, String name) throws MessagingException {
        return Optional.ofNullable(mail.getHeader(name, null));
    }
}
