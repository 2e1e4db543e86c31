package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.attestation.KeySigner;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.memory.CrashPoints;
import io.github.releasepipeline.policy.NotesPolicy;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Publishing dies before and after every write to the store and every tag. */
class PublishMatrixTest {
    private static final KeySigner KEY = key();

    @Test
    void wherever_publishing_dies_doing_it_again_completes_it() {
        everywhere((fixture, set) -> {
            ChangeSetState.Kind kind =
                    fixture.start().as(ALICE).changeSets().get(set.id()).state().kind();
            Pipeline second = start(fixture, CrashPoints.counting());
            if (kind == ChangeSetState.Kind.READY || published(second).isEmpty()) {
                second.as(BOB).versions().publish(set.id());
            }
        });
    }

    @Test
    void wherever_publishing_dies_maintenance_completes_what_was_begun() {
        everywhere((fixture, set) -> {
            Pipeline second = start(fixture, CrashPoints.counting());
            assertThat(second.maintain()).isEmpty();
            if (second.as(ALICE).changeSets().get(set.id()).state().kind() == ChangeSetState.Kind.READY) {
                assertThat(all(second)).isEmpty();
                assertThat(fixture.forge.tags()).isEmpty();
                second.as(BOB).versions().publish(set.id());
            }
        });
    }

    @Test
    void a_second_crash_while_the_first_is_mended_changes_nothing() {
        int points = points();
        for (int first = 1; first <= points; first += 3) {
            for (int again = 1; again <= points; again += 4) {
                try (PipelineFixture fixture = new PipelineFixture()) {
                    ChangeSet set = interrupted(fixture, first);
                    attempt(start(fixture, CrashPoints.dyingAt(again)), set);
                    Pipeline third = start(fixture, CrashPoints.counting());
                    if (published(third).isEmpty()) {
                        third.as(BOB).versions().publish(set.id());
                    }
                    exactlyOne(fixture, third, set);
                }
            }
        }
    }

    private static void everywhere(BiConsumer<PipelineFixture, ChangeSet> repair) {
        int points = points();
        assertThat(points).isGreaterThan(20);
        for (int point = 1; point <= points; point++) {
            try (PipelineFixture fixture = new PipelineFixture()) {
                ChangeSet set = interrupted(fixture, point);
                repair.accept(fixture, set);
                exactlyOne(fixture, start(fixture, CrashPoints.counting()), set);
            }
        }
    }

    private static int points() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            ChangeSet set = fixture.changeSet(fixture.start());
            CrashPoints process = CrashPoints.counting();
            start(fixture, process).as(ALICE).versions().publish(set.id());
            return process.passed();
        }
    }

    private static ChangeSet interrupted(PipelineFixture fixture, int point) {
        ChangeSet set = fixture.changeSet(fixture.start());
        Pipeline first = start(fixture, CrashPoints.dyingAt(point));
        assertThatThrownBy(() -> first.as(ALICE).versions().publish(set.id())).isInstanceOf(CrashPoints.Crash.class);
        return set;
    }

    private static void attempt(Pipeline pipeline, ChangeSet set) {
        try {
            pipeline.as(BOB).versions().publish(set.id());
        } catch (CrashPoints.Crash | RefusedException e) {
            assertThat(e).isNotNull(); // it died, or there was nothing left to do
        }
    }

    /** A process that attests and lints, so that every write there is happens. */
    private static Pipeline start(PipelineFixture fixture, CrashPoints process) {
        return fixture.build(fixture.bare(process.store(fixture.memory))
                .repository(process.repository(fixture.forge))
                .notes(NotesPolicy.none().sections(NotesPolicy.Severity.WARN))
                .attest(KEY));
    }

    private static void exactlyOne(PipelineFixture fixture, Pipeline pipeline, ChangeSet set) {
        fixture.auditIsIntact();
        assertThat(all(pipeline)).singleElement().satisfies(version -> {
            assertThat(version.number().tag()).isEqualTo("v0.1.0");
            assertThat(version.state().kind()).isEqualTo(VersionState.Kind.PUBLISHED);
            assertThat(version.changeSets()).containsExactly(set.id());
            assertThat(fixture.forge.tags())
                    .singleElement()
                    .extracting(Tag::name, Tag::commit)
                    .containsExactly("v0.1.0", version.commit());
            assertThat(pipeline.as(ALICE).versions().verify(version.id())).isEmpty();
            assertThat(pipeline.as(ALICE).versions().attestation(version.id())).isPresent();
            assertThat(pipeline.as(ALICE).versions().warnings(version.id())).hasSize(3);
        });
        assertThat(pipeline.as(ALICE).changeSets().get(set.id()).state().kind())
                .isEqualTo(ChangeSetState.Kind.VERSIONED);
    }

    private static List<Version> all(Pipeline pipeline) {
        return versions(pipeline, VersionState.Kind.values());
    }

    private static List<Version> published(Pipeline pipeline) {
        return versions(pipeline, VersionState.Kind.PUBLISHED);
    }

    private static List<Version> versions(Pipeline pipeline, VersionState.Kind... kinds) {
        return pipeline.as(ALICE)
                .versions()
                .list(PipelineFilter.all().versions(kinds), PageRequest.first(100))
                .rows();
    }

    private static KeySigner key() {
        try {
            return KeySigner.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
