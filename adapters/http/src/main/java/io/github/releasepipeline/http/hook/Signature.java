package io.github.releasepipeline.http.hook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over the bytes of a delivery. A class, since a record would show its secrets. */
public final class Signature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final HexFormat HEX = HexFormat.of();

    private final List<SecretKeySpec> keys;

    /**
     * Accepts what was signed with one of these.
     *
     * @param secrets the one in use, and while it is being replaced the other one too
     * @throws IllegalArgumentException if there is none, or one is blank: then anybody could sign
     */
    public Signature(List<String> secrets) {
        if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("A web hook needs a secret that is not blank: anybody could call it");
        }
        this.keys = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
    }

    /**
     * Whether these bytes were signed with a known secret. Takes the same time for any wrong signature.
     *
     * @param hex the signature as hexadecimal digits
     */
    public boolean covers(byte[] body, String hex) {
        byte[] given = bytes(hex);
        boolean covers = false;
        for (SecretKeySpec key : keys) {
            covers |= MessageDigest.isEqual(signed(key, body), given);
        }
        return covers;
    }

    private static byte[] bytes(String hex) {
        try {
            return HEX.parseHex(hex);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] signed(SecretKeySpec key, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "Signature[" + keys.size() + (keys.size() == 1 ? " secret]" : " secrets]");
    }
}
