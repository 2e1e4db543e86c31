package io.github.releasepipeline.github;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RSA keys in PEM. GitHub gives PKCS#1, the JDK reads PKCS#8, which is the same in an envelope. */
final class PrivateKeys {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (RSA )?PRIVATE KEY-----");

    /** Version 0 and the algorithm rsaEncryption, as every envelope has them. */
    private static final byte[] ENVELOPE = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private PrivateKeys() {}

    static PrivateKey read(String pem) {
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.find()) {
            throw new IllegalArgumentException(
                    "The app's key is no PEM of an RSA private key: it begins with -----BEGIN RSA PRIVATE KEY-----");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
            byte[] encoded = matcher.group(1) == null ? der : sequence(ENVELOPE, tagged(0x04, der));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // The cause may quote the key.
            throw new IllegalArgumentException("The app's key is damaged: it is not an RSA private key");
        }
    }

    private static byte[] sequence(byte[] first, byte[] second) {
        return tagged(
                0x30,
                ByteBuffer.allocate(first.length + second.length)
                        .put(first)
                        .put(second)
                        .array());
    }

    /** A DER value of less than 64 KiB. */
    private static byte[] tagged(int tag, byte[] value) {
        return ByteBuffer.allocate(4 + value.length)
                .put((byte) tag)
                .put((byte) 0x82)
                .putShort((short) value.length)
                .put(value)
                .array();
    }
}
