package io.github.releasepipeline.email;

import jakarta.mail.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;

/** A server that takes mail: where it is, how the connection is protected, who sends. Immutable; never shows its password. */
public final class SmtpServer {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final String host;
    private final int port;
    private final Protection protection;
    private final Optional<Login> login;
    private final Optional<SSLContext> trust;
    private final Duration timeout;

    private enum Protection {
        STARTTLS,
        IMPLICIT_TLS,
        NONE
    }

    private record Login(String user, String password) {}

    private SmtpServer(
            String host,
            int port,
            Protection protection,
            Optional<Login> login,
            Optional<SSLContext> trust,
            Duration timeout) {
        this.host = host;
        this.port = port;
        this.protection = protection;
        this.login = login;
        this.trust = trust;
        this.timeout = timeout;
    }

    /**
     * A server that is spoken to in the open at first and must then agree to TLS (STARTTLS), usually on port 587: without
     * it nothing is sent, no password either.
     */
    public static SmtpServer at(String host, int port) {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "A mail server has a host and a port from 1 to 65535, not '" + host + "' and " + port);
        }
        return new SmtpServer(
                host, port, Protection.STARTTLS, Optional.empty(), Optional.empty(), Duration.ofSeconds(20));
    }

    /** The same, with TLS from the first byte, usually on port 465. */
    public SmtpServer implicitTls() {
        return new SmtpServer(host, port, Protection.IMPLICIT_TLS, login, trust, timeout);
    }

    /** The same, without any protection: for a relay on this machine. */
    public SmtpServer unprotected() {
        return new SmtpServer(host, port, Protection.NONE, login, trust, timeout);
    }

    /** The same, with a login. */
    public SmtpServer login(String user, String password) {
        if (user.isBlank() || password.isEmpty()) {
            throw new IllegalArgumentException("A login has a user and a password");
        }
        return new SmtpServer(host, port, protection, Optional.of(new Login(user, password)), trust, timeout);
    }

    /** The same, trusting what this context trusts instead of what the JVM does. */
    public SmtpServer trusting(SSLContext context) {
        return new SmtpServer(host, port, protection, login, Optional.of(context), timeout);
    }

    /** The same, waiting so long for the connection and for each answer instead of 20 seconds; a minute at most. */
    public SmtpServer timeout(Duration time) {
        if (time.toMillis() < 1 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A time limit is above zero and at most " + LONGEST + ", not " + time);
        }
        return new SmtpServer(host, port, protection, login, trust, time);
    }

    Session session(String sender) {
        String millis = String.valueOf(timeout.toMillis());
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", host);
        properties.put("mail.smtp.port", String.valueOf(port));
        properties.put("mail.smtp.from", sender);
        properties.put("mail.smtp.connectiontimeout", millis);
        properties.put("mail.smtp.timeout", millis);
        properties.put("mail.smtp.writetimeout", millis);
        properties.put("mail.smtp.auth", String.valueOf(login.isPresent()));
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtp.starttls.enable", String.valueOf(protection == Protection.STARTTLS));
        properties.put("mail.smtp.starttls.required", String.valueOf(protection == Protection.STARTTLS));
        properties.put("mail.smtp.ssl.enable", String.valueOf(protection == Protection.IMPLICIT_TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        trust.ifPresent(context -> properties.put("mail.smtp.ssl.socketFactory", context.getSocketFactory()));
        return Session.getInstance(properties);
    }

    Optional<String> user() {
        return login.map(Login::user);
    }

    Optional<String> password() {
        return login.map(Login::password);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
