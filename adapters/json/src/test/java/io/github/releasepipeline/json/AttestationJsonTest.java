package io.github.releasepipeline.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.attestation.KeySigner;
import io.github.releasepipeline.attestation.PublicKeys;
import io.github.releasepipeline.attestation.ReleasePredicate;
import io.github.releasepipeline.attestation.Statement;
import io.github.releasepipeline.attestation.Verification;
import io.github.releasepipeline.attestation.Verification.Reason;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.version.Version;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AttestationJsonTest {
    private static final KeyPair KEY = pair();
    private static final List<PublicKey> TRUSTED = List.of(KEY.getPublic());
    private static final Manifest MANIFEST =
            Sample.manifest(Stream.concat(Stream.of("workflows/a.json"), Sample.HOSTILE.stream())
                    .toArray(String[]::new));
    private static final Version VERSION = version(MANIFEST, 3);

    @Test
    void an_envelope_is_written_as_dsse_has_it_and_read_again() {
        Envelope envelope = attestation(MANIFEST);

        String json = AttestationJson.write(envelope);

        assertThat(json)
                .isEqualTo("{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\""
                        + base64(envelope.payload()) + "\",\"signatures\":[{\"keyid\":\""
                        + PublicKeys.id(KEY.getPublic()) + "\",\"sig\":\""
                        + envelope.signatures().get(0).sig() + "\"}]}");
        assertThat(AttestationJson.read(json)).isEqualTo(envelope);
    }

    @Test
    void the_example_of_dsse_is_read() {
        Envelope envelope = AttestationJson.read("{\"payload\":\"aGVsbG8gd29ybGQ=\",\"payloadType\":"
                + "\"http://example.com/HelloWorld\",\"signatures\":[{\"sig\":\"A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88"
                + "SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==\"}]}");

        assertThat(envelope.payload()).isEqualTo("hello world");
        assertThat(envelope.payloadType()).isEqualTo("http://example.com/HelloWorld");
        assertThat(envelope.signatures())
                .singleElement()
                .satisfies(signature -> assertThat(signature.keyid()).isEmpty());
    }

    @Test
    void an_envelope_in_the_url_safe_alphabet_is_as_good() {
        Envelope envelope = attestation(MANIFEST);
        String json = AttestationJson.write(envelope)
                .replace('+', '-')
                .replace("/", "_")
                .replace("vnd.in-toto-json", "vnd.in-toto+json")
                .replace("application_", "application/");

        assertThat(AttestationJson.verify(AttestationJson.read(json), TRUSTED, VERSION))
                .isInstanceOf(Verification.Genuine.class);
    }

    @Test
    void a_genuine_attestation_of_the_version_verifies_and_tells_what_it_states() {
        Envelope envelope = attestation(MANIFEST);

        assertThat(AttestationJson.verify(envelope, TRUSTED, VERSION))
                .isEqualTo(new Verification.Genuine(Set.of(PublicKeys.id(KEY.getPublic()))));
        Statement statement = AttestationJson.statement(envelope);
        assertThat(statement.manifest()).isEqualTo(MANIFEST);
        assertThat(statement.predicate().version()).isEqualTo("v1.3.0");
    }

    @Test
    void every_reason_not_to_believe_it_is_told() {
        Envelope envelope = attestation(MANIFEST);

        refused(envelope, List.of(pair().getPublic()), VERSION, Reason.UNKNOWN_KEY);
        refused(
                new Envelope(
                        envelope.payloadType(), envelope.payload().replace("v1.3.0", "v1.3.1"), envelope.signatures()),
                TRUSTED,
                VERSION,
                Reason.ALTERED);
        refused(envelope, TRUSTED, version(MANIFEST, 4), Reason.OTHER_VERSION);
        refused(envelope, TRUSTED, version(Sample.manifest("workflows/a.json"), 3), Reason.OTHER_ITEMS);
        refused(signed("text/plain", envelope.payload()), TRUSTED, VERSION, Reason.PAYLOAD_TYPE);
        refused(signed(Envelope.IN_TOTO, "{\"_type\":\"x\"}"), TRUSTED, VERSION, Reason.NO_STATEMENT);
        refused(signed(Envelope.IN_TOTO, "no JSON"), TRUSTED, VERSION, Reason.NO_STATEMENT);
    }

    @Test
    void what_is_no_envelope_is_an_error_that_does_not_repeat_it() {
        byte[] noUtf8 = {(byte) 0xff, (byte) 0xfe};
        for (String json : List.of(
                "",
                "[]",
                "{}",
                "{\"payloadType\":\"x\",\"payload\":\"%%secret%%\",\"signatures\":[]}",
                "{\"payloadType\":\"x\",\"payload\":\"" + Base64.getEncoder().encodeToString(noUtf8)
                        + "\",\"signatures\":[]}",
                "{\"payloadType\":\"x\",\"payload\":\"\",\"payload\":\"\",\"signatures\":[]}",
                "{\"payloadType\":\"x\",\"payload\":\"\",\"signatures\":" + "[".repeat(10_000))) {
            assertThatExceptionOfType(AdapterException.class)
                    .isThrownBy(() -> AttestationJson.read(json))
                    .satisfies(error -> assertThat(error.getMessage())
                            .doesNotContain("secret")
                            .hasSizeLessThan(400));
        }
    }

    @Test
    void a_version_of_100_000_items_is_attested() {
        Manifest large = new Manifest(IntStream.range(0, 100_000)
                .mapToObj(i -> Sample.item("workflows/department-" + i % 97 + "/flow-" + i + ".json", "x" + i))
                .toList());

        Envelope read = AttestationJson.read(AttestationJson.write(attestation(large)));

        assertThat(AttestationJson.verify(read, TRUSTED, version(large, 3))).isInstanceOf(Verification.Genuine.class);
    }

    private static void refused(Envelope envelope, List<PublicKey> trusted, Version version, Reason reason) {
        assertThat(AttestationJson.verify(envelope, trusted, version))
                .isInstanceOfSatisfying(
                        Verification.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private static Envelope attestation(Manifest manifest) {
        Version version = version(manifest, 3);
        ReleasePredicate predicate = new ReleasePredicate(
                Sample.REPOSITORY,
                version.number().tag(),
                version.commit(),
                version.manifest(),
                Optional.empty(),
                List.of(),
                List.of(ReleasePredicate.IncludedPullRequest.of(
                        Sample.pullRequest(7).title(Sample.HOSTILE.get(3)).build())),
                URI.create("https://example.org"),
                Sample.ALICE,
                Sample.NOW);
        return signed(Envelope.IN_TOTO, ModelJson.write(Statement.of(predicate, manifest)));
    }

    private static Envelope signed(String type, String payload) {
        return Envelope.sign(type, payload, KeySigner.of(KEY));
    }

    private static Version version(Manifest manifest, long minor) {
        return Sample.version("v-1", Sample.number(1, minor, 0))
                .manifest(manifest.digest())
                .build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
