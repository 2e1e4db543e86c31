package io.github.releasepipeline.attestation;

import io.github.releasepipeline.item.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A signed text, as <a href="https://github.com/secure-systems-lab/dsse">DSSE v1</a> has it. What is signed is the text
 * together with its type, so neither can be exchanged.
 *
 * @param payloadType says what the payload is
 * @param payload the text; signed as its UTF-8 bytes
 * @param signatures at least one where it is genuine
 */
public record Envelope(String payloadType, String payload, List<Signature> signatures) {
    /** The type of payload that an in-toto statement is. */
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    /**
     * One signature.
     *
     * @param keyid a hint which key it was, if there is one; not signed, so never believed
     * @param sig the signature's bytes in Base64
     */
    public record Signature(Optional<String> keyid, String sig) {}

    /** Copies the list. */
    public Envelope {
        signatures = List.copyOf(signatures);
    }

    /** Signs a text. */
    public static Envelope sign(String payloadType, String payload, Signer signer) {
        byte[] signature = signer.sign(preAuthenticationEncoding(payloadType, payload));
        return new Envelope(
                payloadType,
                payload,
                List.of(new Signature(
                        Optional.of(signer.keyId()), Base64.getEncoder().encodeToString(signature))));
    }

    /**
     * Whether one of the trusted keys signed this as an in-toto statement. Says nothing of what the statement states.
     *
     * @param trusted keys that {@link PublicKeys} knows
     */
    public Verification verify(Collection<PublicKey> trusted) {
        if (!payloadType.equals(IN_TOTO)) {
            return new Verification.Refused(
                    Verification.Reason.PAYLOAD_TYPE,
                    "The payload is of the type '" + payloadType + "', not " + IN_TOTO);
        }
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        trusted.forEach(key -> keys.put(PublicKeys.id(key), key));
        byte[] message = preAuthenticationEncoding(payloadType, payload);
        Set<String> signers = new TreeSet<>();
        signatures.forEach(signature -> keys.forEach((id, key) -> {
            if (PublicKeys.verify(key, message, bytes(signature))) {
                signers.add(id);
            }
        }));
        return signers.isEmpty() ? unsigned(keys.keySet()) : new Verification.Genuine(signers);
    }

    private Verification unsigned(Set<String> trusted) {
        if (signatures.isEmpty()) {
            return new Verification.Refused(Verification.Reason.NO_SIGNATURE, "Nobody signed it");
        }
        List<String> claimed = signatures.stream()
                .flatMap(signature -> signature.keyid().stream())
                .toList();
        return claimed.stream().anyMatch(trusted::contains)
                ? new Verification.Refused(
                        Verification.Reason.ALTERED,
                        "The payload or the signature was altered: what stands there was not signed with " + claimed)
                : new Verification.Refused(
                        Verification.Reason.UNKNOWN_KEY,
                        "It was signed with " + (claimed.isEmpty() ? "a key that is not named" : claimed)
                                + ", and trusted are only " + trusted);
    }

    /** A digest of the payload, to be remembered elsewhere. */
    public Digest digest() {
        return Digest.of(payload);
    }

    /** The bytes that are signed: {@code DSSEv1 SP length SP type SP length SP payload}, lengths in bytes. */
    public static byte[] preAuthenticationEncoding(String payloadType, String payload) {
        byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(type.length + body.length + 32);
        out.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(type);
        out.writeBytes((" " + body.length + " ").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static byte[] bytes(Signature signature) {
        try {
            return Base64.getDecoder().decode(signature.sig());
        } catch (IllegalArgumentException e) {
            return new byte[0]; // no Base64: certainly no signature of anybody
        }
    }
}
