package io.github.releasepipeline.attestation;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;

/** Signs with a private key of the JDK: Ed25519, or ECDSA over P-256. */
public final class KeySigner implements Signer {
    private static final byte[] PROBE = {1, 2, 3};

    private final PrivateKey key;
    private final String keyId;

    private KeySigner(PrivateKey key, String keyId) {
        this.key = key;
        this.keyId = keyId;
    }

    /**
     * Signs with a pair of keys.
     *
     * @throws IllegalArgumentException if the keys are of another sort, or do not belong together
     */
    public static KeySigner of(KeyPair keys) {
        KeySigner signer = new KeySigner(keys.getPrivate(), PublicKeys.id(keys.getPublic()));
        if (!PublicKeys.verify(keys.getPublic(), PROBE, signer.sign(PROBE))) {
            throw new IllegalArgumentException("The private key does not belong to the public key " + signer.keyId);
        }
        return signer;
    }

    @Override
    public String keyId() {
        return keyId;
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = PublicKeys.algorithm(key);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The private key of " + keyId + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Names the key and never shows it. */
    @Override
    public String toString() {
        return "KeySigner[" + keyId + "]";
    }
}
