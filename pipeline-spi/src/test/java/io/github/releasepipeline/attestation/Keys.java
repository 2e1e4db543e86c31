package io.github.releasepipeline.attestation;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** New keys. */
final class Keys {
    private Keys() {}

    static KeyPair ed25519() {
        return make("Ed25519", 0);
    }

    static KeyPair p256() {
        return make("EC", 256);
    }

    static KeyPair make(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
