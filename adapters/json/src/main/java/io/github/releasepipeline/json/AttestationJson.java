package io.github.releasepipeline.json;

import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.attestation.Statement;
import io.github.releasepipeline.attestation.Verification;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.version.Version;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Attestations as the JSON that DSSE and in-toto verifiers exchange, and the whole verification of one. */
public final class AttestationJson {
    /** An envelope with its payload in Base64. */
    record Wire(String payloadType, String payload, List<Envelope.Signature> signatures) {}

    private AttestationJson() {}

    /** Writes an envelope. */
    public static String write(Envelope envelope) {
        byte[] payload = envelope.payload().getBytes(StandardCharsets.UTF_8);
        return ModelJson.write(
                new Wire(envelope.payloadType(), Base64.getEncoder().encodeToString(payload), envelope.signatures()));
    }

    /**
     * Reads an envelope. Believes nothing yet: see {@link #verify}.
     *
     * @throws AdapterException lasting, if the text is no envelope or its payload no UTF-8
     */
    public static Envelope read(String json) {
        Wire wire = ModelJson.read(Wire.class, json);
        return new Envelope(
                wire.payloadType(),
                text(wire.payload()),
                wire.signatures().stream()
                        .map(signature -> new Envelope.Signature(signature.keyid(), standard(signature.sig())))
                        .toList());
    }

    /**
     * What an envelope states, whether it is true or not.
     *
     * @throws AdapterException lasting, if the payload is no statement about a version
     */
    public static Statement statement(Envelope envelope) {
        return ModelJson.read(Statement.class, envelope.payload());
    }

    /**
     * Whether one of the trusted keys signed this, and whether it states this version with all of its items.
     *
     * @param trusted Ed25519 keys and ECDSA keys over P-256
     * @throws IllegalArgumentException for a key of another sort
     */
    public static Verification verify(Envelope envelope, Collection<PublicKey> trusted, Version version) {
        Verification signed = envelope.verify(trusted);
        if (!(signed instanceof Verification.Genuine)) {
            return signed;
        }
        try {
            return statement(envelope).mismatch(version).orElse(signed);
        } catch (AdapterException e) {
            return new Verification.Refused(
                    Verification.Reason.NO_STATEMENT,
                    "It is signed, and it is no statement about a version: " + e.getMessage());
        }
    }

    private static String text(String base64) {
        byte[] bytes = decoded(base64)
                .orElseThrow(() -> Json.unreadable("Wire.payload", "Base64 was expected, not another text", null));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Json.unreadable("Wire.payload", "it is not UTF-8", e);
        }
    }

    /** DSSE allows both alphabets; what is none of them is left as it is and verifies as no signature. */
    private static String standard(String base64) {
        return decoded(base64).map(Base64.getEncoder()::encodeToString).orElse(base64);
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(
                    Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
