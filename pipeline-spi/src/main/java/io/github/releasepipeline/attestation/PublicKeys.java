package io.github.releasepipeline.attestation;

import io.github.releasepipeline.item.Digest;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Public keys of the JDK: Ed25519, and ECDSA over P-256 with SHA-256. */
public final class PublicKeys {
    private static final int P256_BITS = 256;

    private PublicKeys() {}

    /**
     * A key's name: SHA-256 over its X.509 form (SubjectPublicKeyInfo, DER), 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException if the key has no such form
     */
    public static String id(PublicKey key) {
        byte[] form = Optional.ofNullable(key.getEncoded())
                .orElseThrow(() -> new IllegalArgumentException("A public key without an encoded form has no id"));
        return Digest.of(Digest.sha256().digest(form)).hex();
    }

    /**
     * Whether a key signed a message. A signature that is none is just wrong.
     *
     * @throws IllegalArgumentException for a key that is neither Ed25519 nor ECDSA over P-256
     */
    public static boolean verify(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature check = algorithm(key);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException e) {
            return false; // it is not even the form of one
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("The public key cannot be used: " + e.getMessage(), e);
        }
    }

    static Signature algorithm(Key key) {
        try {
            if (key instanceof EdECKey edwards && edwards.getParams().getName().equals("Ed25519")) {
                return Signature.getInstance("Ed25519");
            }
            if (key instanceof ECKey curve
                    && curve.getParams().getCurve().getField().getFieldSize() == P256_BITS) {
                return Signature.getInstance("SHA256withECDSA");
            }
        } catch (NoSuchAlgorithmException e) {
            throw unsupported(key, e);
        }
        throw unsupported(key, null);
    }

    private static IllegalArgumentException unsupported(Key key, @Nullable GeneralSecurityException cause) {
        return new IllegalArgumentException(
                "Attestations are signed with Ed25519 or with ECDSA over P-256, not with a key for "
                        + key.getAlgorithm(),
                cause);
    }
}
