package io.github.releasepipeline.email;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.notify.Bulletin;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.subject.Text;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * One mail. Its id follows from the letter's key, and the id of its conversation from the subject: both are the same when it is
 * sent again, also by another process. The first event of a subject begins the conversation; for those who do not get that
 * one, mail programs gather the others by the id that all of them refer to.
 */
final class Mail extends MimeMessage {
    private static final int TITLE = 150;

    private final Letter letter;

    Mail(Session session, Letter letter) {
        super(session);
        this.letter = letter;
    }

    Mail between(InternetAddress sender, List<InternetAddress> recipients) throws MessagingException {
        setFrom(sender);
        setRecipients(Message.RecipientType.TO, recipients.toArray(InternetAddress[]::new));
        return this;
    }

    Mail saying(Bulletin bulletin, Optional<URI> link) throws MessagingException {
        String title = Text.readableLine(bulletin.headline(), TITLE);
        setSubject(isFirst() ? title : "Re: " + title, "UTF-8");
        setSentDate(Date.from(letter.record().stamp().at()));
        setHeader("Auto-Submitted", "auto-generated"); // no answer of somebody's absence, please
        if (!isFirst()) {
            setHeader("In-Reply-To", conversation());
            setHeader("References", conversation());
        }
        MimeBodyPart text = new MimeBodyPart();
        text.setText(Body.text(bulletin, link), "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(Body.html(bulletin, link), "UTF-8", "html");
        setContent(new MimeMultipart("alternative", text, html));
        saveChanges();
        return this;
    }

    /** Mail's own ids are of a clock and a counter. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", isFirst() ? conversation() : id(letter.key()));
    }

    private boolean isFirst() {
        return letter.record().sequence() == 1;
    }

    private String conversation() throws MessagingException {
        return id(letter.sink() + " about " + letter.record().subject());
    }

    private String id(String of) throws MessagingException {
        String address = ((InternetAddress) getFrom()[0]).getAddress();
        return "<" + Digest.of(of).hex().substring(0, 40) + address.substring(address.lastIndexOf('@')) + ">";
    }
}
