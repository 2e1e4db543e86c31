package io.github.releasepipeline.item;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {
    private static final HexFormat HEX = HexFormat.of();

    /** Checks the digits. */
    public Digest {
        if (hex.length() != 64 || !isHexadecimal(hex)) {
            throw new IllegalArgumentException(
                    "A SHA-256 digest has 64 lower-case hexadecimal digits, not '" + hex + "'");
        }
    }

    private static boolean isHexadecimal(String hex) {
        for (int i = 0; i < hex.length(); i++) {
            char c = hex.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The digest of a text's UTF-8 bytes. */
    public static Digest of(String text) {
        return of(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Wraps the 32 bytes of a finished SHA-256. */
    public static Digest of(byte[] sha256) {
        return new Digest(HEX.formatHex(sha256));
    }

    /** A new SHA-256 computation. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "sha256:" + hex;
    }
}
