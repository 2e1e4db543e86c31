package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.attestation.KeySigner;
import io.github.releasepipeline.attestation.PublicKeys;
import io.github.releasepipeline.attestation.Signer;
import io.github.releasepipeline.attestation.Verification;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.tck.SignerContract;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionState;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AttestationTest {
    private static final KeyPair ED25519 = pair("Ed25519");
    private static final KeyPair P256 = pair("EC");

    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Nested
    class AnEd25519Key extends SignerContract {
        @Override
        protected Signer signer() {
            return KeySigner.of(ED25519);
        }

        @Override
        protected PublicKey publicKey() {
            return ED25519.getPublic();
        }
    }

    @Nested
    class AP256Key extends SignerContract {
        @Override
        protected Signer signer() {
            return KeySigner.of(P256);
        }

        @Override
        protected PublicKey publicKey() {
            return P256.getPublic();
        }
    }

    @Test
    void a_published_version_has_a_statement_signed_with_the_hosts_key() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.attest(KeySigner.of(ED25519)));
        Version first = fixture.version(pipeline);
        // when
        Version version = fixture.version(pipeline);
        // then
        Envelope envelope =
                pipeline.as(ALICE).versions().attestation(version.id()).orElseThrow();
        assertThat(envelope.payloadType()).isEqualTo("application/vnd.in-toto+json");
        assertThat(envelope.verify(List.of(ED25519.getPublic())))
                .isEqualTo(new Verification.Genuine(Set.of(PublicKeys.id(ED25519.getPublic()))));
        assertThat(envelope.payload())
                .startsWith("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":["
                        + "{\"name\":\"repository://acme/flows@v0.2.0\",\"digest\":{\"gitCommit\":\""
                        + version.commit())
                .contains("\"repository\":\"acme/flows\",\"version\":\"v0.2.0\"")
                .contains("\"previous\":\"" + first.number().tag() + "\"")
                .contains("\"manifest\":\"" + version.manifest().hex() + "\"")
                .contains("\"changeSets\":[{\"id\":\"" + version.changeSets().get(0) + "\",\"name\":\"Set of 102\"")
                .contains("\"pullRequests\":[{\"number\":102,\"title\":\"Change 102\",\"author\":\"author-102\","
                        + "\"mergeCommit\":\"" + version.commit())
                .contains("\"review\":{\"decision\":\"APPROVED\"")
                .contains("\"builder\":\"https://github.com/releasepipeline/release-pipeline\"")
                .contains("\"createdBy\":{\"id\":\"alice\",\"kind\":\"USER\"}");
        pipeline.as(ALICE)
                .versions()
                .manifest(version.id())
                .items()
                .forEach(item -> assertThat(envelope.payload())
                        .contains("{\"name\":\"" + item.id().path() + "\",\"digest\":{\"sha256\":\""
                                + item.digest().hex() + "\"}"));
    }

    @Test
    void the_audit_trail_holds_the_digest_of_the_statement() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.attest(KeySigner.of(P256)));
        // when
        Version version = fixture.version(pipeline);
        // then
        Envelope envelope =
                pipeline.as(ALICE).versions().attestation(version.id()).orElseThrow();
        assertThat(fixture.memory.audit().of(version.id()))
                .last()
                .satisfies(record -> assertThat(record.event())
                        .isEqualTo(new VersionEvent.Published(Optional.of(envelope.digest()))));
    }

    @Test
    void without_a_key_there_is_no_attestation() {
        Pipeline pipeline = fixture.start();
        Version version = fixture.version(pipeline);

        assertThat(pipeline.as(ALICE).versions().attestation(version.id())).isEmpty();
        assertThat(fixture.memory.audit().of(version.id()))
                .last()
                .satisfies(record -> assertThat(record.event()).isEqualTo(new VersionEvent.Published()));
    }

    @Test
    void a_key_that_cannot_be_used_publishes_nothing_until_it_can() {
        // given
        Pipeline locked = fixture.start(wiring -> wiring.attest(new Signer() {
            @Override
            public String keyId() {
                return "kms-1";
            }

            @Override
            public byte[] sign(byte[] message) {
                throw AdapterException.passing("The key service is closed", null);
            }
        }));
        ChangeSet set = fixture.changeSet(locked);
        // when
        assertThatThrownBy(() -> locked.as(ALICE).versions().publish(set.id()))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("closed");
        Version draft = locked.as(ALICE).versions().tagged("v0.1.0").orElseThrow();
        assertThat(draft.state().kind()).isEqualTo(VersionState.Kind.DRAFT);
        assertThat(locked.as(ALICE).versions().attestation(draft.id())).isEmpty();
        Pipeline open = fixture.start(wiring -> wiring.attest(KeySigner.of(ED25519)));
        Version published = open.as(BOB).versions().publish(set.id());
        // then
        assertThat(published.state().kind()).isEqualTo(VersionState.Kind.PUBLISHED);
        assertThat(open.as(ALICE).versions().attestation(published.id())).isPresent();
        assertThat(fixture.forge.tags()).hasSize(1);
    }

    @Test
    void of_two_who_complete_one_version_the_first_ones_attestation_is_kept() {
        // given
        Pipeline first = fixture.start(wiring -> wiring.attest(KeySigner.of(ED25519)));
        Version version = fixture.version(first);
        Optional<Envelope> kept = first.as(ALICE).versions().attestation(version.id());
        Pipeline second = fixture.start(wiring -> wiring.attest(KeySigner.of(P256)));
        // when
        assertThat(second.maintain()).isEmpty();
        second.as(BOB).versions().deprecate(version.id(), "old");
        // then
        assertThat(second.as(ALICE).versions().attestation(version.id())).isEqualTo(kept);
    }

    private static KeyPair pair(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(256);
            }
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
