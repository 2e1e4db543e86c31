package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.attestation.PublicKeys;
import io.github.releasepipeline.attestation.Signer;
import io.github.releasepipeline.attestation.Verification;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Signer} does. A test of an adapter extends it. */
public abstract class SignerContract {
    private static final byte[] MESSAGE = "DSSEv1 5 hello".getBytes(StandardCharsets.UTF_8);

    /** For subclasses. */
    protected SignerContract() {}

    /** A signer; each call gives one with the same key. */
    protected abstract Signer signer();

    /** The public key that belongs to it. */
    protected abstract PublicKey publicKey();

    @Test
    void its_public_key_verifies_what_it_signed() {
        byte[] signature = signer().sign(MESSAGE);

        assertThat(PublicKeys.verify(publicKey(), MESSAGE, signature)).isTrue();
        assertThat(PublicKeys.verify(publicKey(), new byte[] {1}, signature)).isFalse();
    }

    @Test
    void an_envelope_that_it_signed_is_genuine() {
        Envelope envelope = Envelope.sign(Envelope.IN_TOTO, "{\"Ü\":\"发票 🚀\"}", signer());

        assertThat(envelope.signatures())
                .extracting(Envelope.Signature::keyid)
                .containsExactly(Optional.of(signer().keyId()));
        assertThat(envelope.verify(List.of(publicKey())))
                .isEqualTo(new Verification.Genuine(Set.of(PublicKeys.id(publicKey()))));
    }

    @Test
    void the_name_of_its_key_stays_the_same() {
        assertThat(signer().keyId()).isNotBlank().isEqualTo(signer().keyId());
    }

    @Test
    void several_threads_sign_at_once() {
        Signer signer = signer();

        assertThat(IntStream.range(0, 64).parallel().mapToObj(i -> {
                    byte[] message = ("message " + i).getBytes(StandardCharsets.UTF_8);
                    return PublicKeys.verify(publicKey(), message, signer.sign(message));
                }))
                .doesNotContain(false);
    }
}
