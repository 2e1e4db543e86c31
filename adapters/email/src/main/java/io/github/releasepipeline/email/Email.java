package io.github.releasepipeline.email;

import io.github.releasepipeline.notify.Bulletin;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.notify.Severity;
import io.github.releasepipeline.notify.Subscription;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Sends one mail for each event it wants: HTML and plain text, with the facts as they are when it is sent. Mails about one
 * release are one conversation. A mail that is sent again has the same {@code Message-ID}, by which receivers tell. Immutable.
 *
 * <p>What people and foreign systems said is shown as text; release notes are rendered from Markdown without images,
 * scripts and styles, and with links to {@code https} and {@code mailto} only.
 */
public final class Email implements Notifier {
    private final String name;
    private final SmtpServer server;
    private final InternetAddress sender;
    private final List<InternetAddress> recipients;
    private final Predicate<? super Notice> wanted;
    private final Function<String, Optional<URI>> links;

    private Email(
            String name,
            SmtpServer server,
            InternetAddress sender,
            List<InternetAddress> recipients,
            Predicate<? super Notice> wanted,
            Function<String, Optional<URI>> links) {
        this.name = name;
        this.server = server;
        this.sender = sender;
        this.recipients = List.copyOf(recipients);
        this.wanted = wanted;
        this.links = links;
    }

    /**
     * A notifier named {@code email} that wants every event but details of steps.
     *
     * @param server takes the mails
     * @param sender address, {@code releases@example.org} or {@code Releases <releases@example.org>}
     * @param recipients addresses, at least one
     * @throws IllegalArgumentException if an address is none
     */
    public static Email of(SmtpServer server, String sender, String... recipients) {
        if (recipients.length == 0) {
            throw new IllegalArgumentException("A mail has at least one recipient");
        }
        return new Email(
                "email",
                server,
                address(sender),
                Arrays.stream(recipients).map(Email::address).toList(),
                Subscription.toEverything().atLeast(Severity.INFO),
                subject -> Optional.empty());
    }

    /** The same under another name, for a second one in a pipeline. */
    public Email named(String value) {
        return new Email(value, server, sender, recipients, wanted, links);
    }

    /** The same, wanting other events: a {@link Subscription}, or several joined by {@code or}. */
    public Email wanting(Predicate<? super Notice> events) {
        return new Email(name, server, sender, recipients, events, links);
    }

    /**
     * The same, with a link in each mail.
     *
     * @param toPage the page that shows a subject, given its reference ({@code release:…}), if there is one
     */
    public Email linking(Function<String, Optional<URI>> toPage) {
        return new Email(name, server, sender, recipients, wanted, toPage);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean wants(Notice notice) {
        return wanted.test(notice);
    }

    @Override
    public void deliver(Letter letter, Snapshots now) {
        Bulletin bulletin = Bulletin.of(letter, now);
        Session session = server.session(sender.getAddress());
        try {
            MimeMessage mail = new Mail(session, letter)
                    .between(sender, recipients)
                    .saying(bulletin, links.apply(bulletin.subject()));
            send(session, mail);
        } catch (MessagingException e) {
            throw Failures.of(server, e);
        }
    }

    private void send(Session session, MimeMessage mail) throws MessagingException {
        try (Transport transport = session.getTransport()) {
            transport.connect(server.user().orElse(null), server.password().orElse(null));
            transport.sendMessage(mail, mail.getAllRecipients());
        } catch (MessagingException e) {
            if (!Failures.reachedSomebody(server, e)) {
                throw e;
            }
        }
    }

    private static InternetAddress address(String text) {
        try {
            InternetAddress address = new InternetAddress(text, true);
            if (text.chars().anyMatch(Character::isISOControl)
                    || !address.getAddress().contains("@")) {
                throw new IllegalArgumentException("'" + text.replaceAll("\\p{Cntrl}", "?") + "' is no mail address");
            }
            return address;
        } catch (AddressException e) {
            throw new IllegalArgumentException(
                    "'" + text.replaceAll("\\p{Cntrl}", "?") + "' is no mail address: " + e.getMessage(), e);
        }
    }
}
