package io.github.releasepipeline.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What sender and receiver of a web hook share. Never shows itself. */
public final class SigningSecret {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private SigningSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * A secret as Standard Webhooks writes it: {@code whsec_} and 24 to 64 bytes in Base64. {@code openssl rand -base64 32}
     * makes the second part.
     */
    public static SigningSecret of(String text) {
        byte[] bytes = decoded(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "");
        if (bytes.length < 24 || bytes.length > 64) {
            throw new IllegalArgumentException(
                    "A signing secret is whsec_ and 24 to 64 bytes in Base64; the one given is not");
        }
        return new SigningSecret(bytes);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0]; // the message of this error would show a part of the secret
        }
    }

    /** The signature of a message, as it stands in the header. */
    String sign(String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM knows " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
