package io.github.releasepipeline.email;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.subject.Text;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.util.Arrays;
import java.util.OptionalInt;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a mail server's refusal means. Its words are passed on without the password, should it repeat that. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int EXPLANATION = 300;

    private Failures() {}

    static AdapterException of(SmtpServer server, MessagingException error) {
        if (error instanceof AuthenticationFailedException) {
            return loginFailed(server, String.valueOf(error.getMessage()));
        }
        String said = "The mail server " + server + ": " + explanation(server, error);
        OptionalInt code = code(error);
        boolean needsTls = String.valueOf(error.getMessage()).startsWith("STARTTLS is required");
        return needsTls || (code.isPresent() && code.getAsInt() >= 500)
                ? AdapterException.lasting(said, null)
                : AdapterException.passing(said, null);
    }

    /** The server's words are left out but for their code: it may repeat what it was told, in a form that is easily read. */
    private static AdapterException loginFailed(SmtpServer server, String answer) {
        String said = "The mail server " + server + " refused the login";
        return answer.startsWith("4")
                ? AdapterException.passing(said + " for now", null)
                : AdapterException.lasting(said + "; are user and password right?", null);
    }

    /** Whether the mail went to some recipients though not to all: it must not go to those again. */
    static boolean reachedSomebody(SmtpServer server, MessagingException error) {
        boolean reached = error instanceof SendFailedException failed
                && failed.getValidSentAddresses() != null
                && failed.getValidSentAddresses().length > 0;
        if (reached) {
            SendFailedException failed = (SendFailedException) error;
            LOG.atWarn()
                    .addKeyValue("recipients", Arrays.toString(failed.getInvalidAddresses()))
                    .log("Some recipients were refused: {}", explanation(server, error));
        }
        return reached;
    }

    /** The most telling code: of the nested errors, one for each recipient, the one that may pass if there is one. */
    private static OptionalInt code(MessagingException error) {
        OptionalInt least = OptionalInt.empty();
        for (Exception next = error; next instanceof MessagingException at; next = at.getNextException()) {
            int code = at instanceof SMTPSendFailedException send
                    ? send.getReturnCode()
                    : at instanceof SMTPAddressFailedException address
                            ? address.getReturnCode()
                            : at instanceof SMTPSenderFailedException sender ? sender.getReturnCode() : -1;
            if (code >= 400 && (least.isEmpty() || code < least.getAsInt())) {
                least = OptionalInt.of(code);
            }
        }
        return least;
    }

    private static String explanation(SmtpServer server, MessagingException error) {
        StringBuilder text = new StringBuilder();
        for (Exception next = error;
                next != null;
                next = next instanceof MessagingException at ? at.getNextException() : null) {
            text.append(text.isEmpty() ? "" : "; ").append(next.getMessage());
        }
        String safe = server.password()
                .map(secret -> text.toString().replace(secret, "***"))
                .orElse(text.toString());
        return Text.readableLine(safe, EXPLANATION);
    }
}
