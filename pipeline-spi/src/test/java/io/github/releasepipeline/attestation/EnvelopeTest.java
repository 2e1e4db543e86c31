package io.github.releasepipeline.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.releasepipeline.attestation.Verification.Reason;
import io.github.releasepipeline.item.Digest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvelopeTest {
    private static final String PAYLOAD = "{\"Ü\":\"发票 🚀\"}";

    static Stream<KeyPair> keys() {
        return Stream.of(Keys.ed25519(), Keys.p256());
    }

    @Test
    void what_is_signed_is_the_encoding_that_dsse_gives_as_its_example() {
        byte[] encoded = Envelope.preAuthenticationEncoding("http://example.com/HelloWorld", "hello world");

        assertThat(new String(encoded, StandardCharsets.UTF_8))
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    @Test
    void lengths_are_counted_in_bytes() {
        assertThat(new String(Envelope.preAuthenticationEncoding("ü", "发票🚀"), StandardCharsets.UTF_8))
                .isEqualTo("DSSEv1 2 ü 10 发票🚀");
        assertThat(new String(Envelope.preAuthenticationEncoding("", ""), StandardCharsets.UTF_8))
                .isEqualTo("DSSEv1 0  0 ");
    }

    @Test
    void the_signature_that_dsse_gives_as_its_example_is_one_of_this_encoding() throws GeneralSecurityException {
        Signature check = Signature.getInstance("SHA256withECDSAinP1363Format"); // the example is not in DER
        check.initVerify(exampleKey());
        check.update(Envelope.preAuthenticationEncoding("http://example.com/HelloWorld", "hello world"));

        assertThat(
                        check.verify(
                                Base64.getDecoder()
                                        .decode(
                                                "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==")))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void what_a_trusted_key_signed_is_genuine_and_the_key_is_named(KeyPair pair) {
        Envelope envelope = Envelope.sign(Envelope.IN_TOTO, PAYLOAD, KeySigner.of(pair));
        PublicKey other = Keys.ed25519().getPublic();

        assertThat(envelope.payload()).isEqualTo(PAYLOAD);
        assertThat(envelope.digest()).isEqualTo(Digest.of(PAYLOAD));
        assertThat(envelope.verify(List.of(other, pair.getPublic())))
                .isEqualTo(new Verification.Genuine(Set.of(PublicKeys.id(pair.getPublic()))));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_key_that_did_not_sign_is_told_apart_from_an_altered_payload(KeyPair pair) {
        Envelope envelope = Envelope.sign(Envelope.IN_TOTO, PAYLOAD, KeySigner.of(pair));
        Envelope altered = new Envelope(Envelope.IN_TOTO, PAYLOAD + " ", envelope.signatures());
        PublicKey other = Keys.p256().getPublic();

        refused(envelope.verify(List.of(other)), Reason.UNKNOWN_KEY, PublicKeys.id(pair.getPublic()));
        refused(envelope.verify(List.of()), Reason.UNKNOWN_KEY, "trusted are only []");
        refused(altered.verify(List.of(pair.getPublic())), Reason.ALTERED, PublicKeys.id(pair.getPublic()));
        refused(altered.verify(List.of(other)), Reason.UNKNOWN_KEY, "");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void the_name_of_the_key_is_only_a_hint(KeyPair pair) {
        Envelope envelope = Envelope.sign(Envelope.IN_TOTO, PAYLOAD, KeySigner.of(pair));
        String sig = envelope.signatures().get(0).sig();
        Envelope nameless = signed(new Envelope.Signature(Optional.empty(), sig));
        Envelope misnamed = signed(new Envelope.Signature(Optional.of("mallory"), sig));

        assertThat(nameless.verify(List.of(pair.getPublic()))).isInstanceOf(Verification.Genuine.class);
        assertThat(misnamed.verify(List.of(pair.getPublic()))).isInstanceOf(Verification.Genuine.class);
        refused(nameless.verify(List.of()), Reason.UNKNOWN_KEY, "a key that is not named");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void one_good_signature_among_bad_ones_is_enough(KeyPair pair) {
        Envelope envelope = Envelope.sign(Envelope.IN_TOTO, PAYLOAD, KeySigner.of(pair));
        Optional<String> id = envelope.signatures().get(0).keyid();
        Envelope many = signed(
                new Envelope.Signature(id, "no Base64 at all"),
                new Envelope.Signature(id, ""),
                new Envelope.Signature(id, "AAAA"),
                envelope.signatures().get(0));

        assertThat(many.verify(List.of(pair.getPublic()))).isInstanceOf(Verification.Genuine.class);
        Envelope bad = signed(
                new Envelope.Signature(id, "no Base64 at all"),
                new Envelope.Signature(id, ""),
                new Envelope.Signature(id, "AAAA"));
        refused(bad.verify(List.of(pair.getPublic())), Reason.ALTERED, "altered");
    }

    @Test
    void a_payload_of_another_type_is_refused_although_it_is_signed() {
        KeyPair pair = Keys.ed25519();
        Envelope envelope = Envelope.sign("text/plain", PAYLOAD, KeySigner.of(pair));
        Envelope relabelled = new Envelope(Envelope.IN_TOTO, PAYLOAD, envelope.signatures());

        refused(envelope.verify(List.of(pair.getPublic())), Reason.PAYLOAD_TYPE, "text/plain");
        refused(relabelled.verify(List.of(pair.getPublic())), Reason.ALTERED, "altered");
    }

    @Test
    void without_a_signature_nothing_is_genuine() {
        refused(signed().verify(List.of(Keys.p256().getPublic())), Reason.NO_SIGNATURE, "Nobody");
    }

    @Test
    void keys_of_other_sorts_are_an_error_that_says_what_is_allowed() {
        Envelope envelope = Envelope.sign(Envelope.IN_TOTO, PAYLOAD, KeySigner.of(Keys.ed25519()));

        for (KeyPair pair : List.of(Keys.make("RSA", 2048), Keys.make("EC", 384), Keys.make("Ed448", 0))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> envelope.verify(List.of(pair.getPublic())))
                    .withMessageContaining("Ed25519 or with ECDSA over P-256");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeySigner.of(pair))
                    .withMessageContaining("Ed25519 or with ECDSA over P-256");
        }
    }

    @Test
    void keys_that_do_not_belong_together_are_an_error() {
        KeyPair mixed = new KeyPair(Keys.p256().getPublic(), Keys.p256().getPrivate());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySigner.of(mixed))
                .withMessageContaining(PublicKeys.id(mixed.getPublic()));
    }

    @Test
    void a_signer_shows_the_name_of_its_key_only() {
        KeyPair pair = Keys.p256();

        assertThat(KeySigner.of(pair)).hasToString("KeySigner[" + PublicKeys.id(pair.getPublic()) + "]");
        assertThat(KeySigner.of(pair).keyId())
                .isEqualTo(PublicKeys.id(pair.getPublic()))
                .hasSize(64);
    }

    @Test
    void a_signature_of_ecdsa_is_asn_1_and_one_of_ed25519_has_64_bytes() {
        byte[] message = {1};

        assertThat(KeySigner.of(Keys.p256()).sign(message)).startsWith(0x30).hasSizeBetween(60, 72);
        assertThat(KeySigner.of(Keys.ed25519()).sign(message)).hasSize(64);
    }

    private static Envelope signed(Envelope.Signature... signatures) {
        return new Envelope(Envelope.IN_TOTO, PAYLOAD, List.of(signatures));
    }

    private static void refused(Verification verification, Reason reason, String text) {
        assertThat(verification).isInstanceOfSatisfying(Verification.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.text()).contains(text);
        });
    }

    private static PublicKey exampleKey() throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(
                new BigInteger("46950820868899156662930047687818585632848591499744589407958293238635476079160"),
                new BigInteger("5640078356564379163099075877009565129882514886557779369047442380624545832820"));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }
}
