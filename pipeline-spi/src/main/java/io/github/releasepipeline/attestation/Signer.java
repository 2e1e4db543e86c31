package io.github.releasepipeline.attestation;

import io.github.releasepipeline.error.AdapterException;

/**
 * Port: a private key that signs attestations; {@link KeySigner} is one of the JDK, a key service may be another.
 *
 * <p>Called on the caller's thread, never within a transaction of the store, once for each version that is published and
 * again if a crash interrupted that; by several threads at once. It keeps nothing.
 */
public interface Signer {
    /**
     * Names the public key that belongs to it, for verifiers that know many; {@link PublicKeys#id} is a name that
     * everybody works out alike. Never changes.
     */
    String keyId();

    /**
     * Signs a message: 64 bytes for Ed25519, ASN.1 DER for ECDSA.
     *
     * @throws AdapterException if the key cannot be used; nothing is published then
     */
    byte[] sign(byte[] message);
}
