package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publishing dies, or is cut off, at each of its points; and several publish at once. */
class PublishCrashTest {
    private final PipelineFixture fixture = new PipelineFixture();

    /** Where publishing stops. */
    enum Point {
        BEFORE_DRAFT(run -> run.store.dieBefore(1)),
        AFTER_DRAFT(run -> run.store.dieAfter(1)),
        BEFORE_TAG(run -> run.fixture.forge.beforeTag = Run::die),
        AFTER_TAG(run -> run.fixture.forge.afterTag = Run::die),
        BEFORE_PUBLISHED(run -> run.store.dieBefore(2)),
        AFTER_PUBLISHED(run -> run.store.dieAfter(2)),
        DRAFT_ANSWER_LOST(run -> run.store.after(number -> Run.cutOff(number == 1))),
        TAG_CALL_LOST(run -> run.fixture.forge.beforeTag = () -> Run.cutOff(true)),
        TAG_ANSWER_LOST(run -> run.fixture.forge.afterTag = () -> Run.cutOff(true)),
        PUBLISHED_ANSWER_LOST(run -> run.store.after(number -> Run.cutOff(number == 2)));

        private final Consumer<Run> fault;

        Point(Consumer<Run> fault) {
            this.fault = fault;
        }
    }

    private record Run(PipelineFixture fixture, FaultyStore store) {
        static void die() {
            throw new FaultyStore.Crash();
        }

        static void cutOff(boolean now) {
            if (now) {
                throw AdapterException.passing("The connection broke", null);
            }
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void publishing_again_completes_what_was_begun(Point point) {
        // given
        ChangeSet set = interrupted(point);
        Pipeline second = fixture.start();
        // when
        if (second.as(ALICE).changeSets().get(set.id()).state().kind() == ChangeSetState.Kind.READY
                || point != Point.AFTER_PUBLISHED && point != Point.PUBLISHED_ANSWER_LOST) {
            second.as(BOB).versions().publish(set.id());
        }
        // then
        exactlyOne(second, set);
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void maintenance_completes_what_was_begun(Point point) {
        // given
        ChangeSet set = interrupted(point);
        Pipeline second = fixture.start();
        // when
        List<String> problems = second.maintain();
        // then
        assertThat(problems).isEmpty();
        if (point == Point.BEFORE_DRAFT) {
            assertThat(second.as(ALICE).changeSets().get(set.id()).state().kind())
                    .isEqualTo(ChangeSetState.Kind.READY);
            assertThat(fixture.forge.tags()).isEmpty();
            second.as(ALICE).versions().publish(set.id());
        }
        exactlyOne(second, set);
    }

    @Test
    void two_publishers_at_once_make_one_version_and_one_tag() throws Exception {
        for (int round = 0; round < 30; round++) {
            try (PipelineFixture both = new PipelineFixture()) {
                Pipeline first = both.start();
                Pipeline second = both.start();
                ChangeSet set = both.changeSet(first);
                CountDownLatch go = new CountDownLatch(1);
                ExecutorService threads = Executors.newFixedThreadPool(4);
                List<Future<Version>> publishing = new ArrayList<>();
                for (Pipeline pipeline : List.of(first, second, first, second)) {
                    publishing.add(threads.submit(() -> {
                        PipelineFixture.await(go);
                        return pipeline.as(ALICE).versions().publish(set.id());
                    }));
                }
                go.countDown();
                for (Future<Version> one : publishing) {
                    try {
                        assertThat(one.get().number().tag()).isEqualTo("v0.1.0");
                    } catch (ExecutionException e) {
                        assertThat(e).hasCauseInstanceOf(RefusedException.class);
                    }
                }
                threads.shutdown();
                assertThat(all(first))
                        .singleElement()
                        .satisfies(
                                version -> assertThat(version.state().kind()).isEqualTo(VersionState.Kind.PUBLISHED));
                assertThat(both.forge.tags()).hasSize(1);
                both.auditIsIntact();
            }
        }
    }

    @Test
    void a_foreign_tag_is_left_alone_and_the_version_is_discarded_and_its_number_free() {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet set = fixture.changeSet(pipeline);
        fixture.forge.tag("v0.1.0", fixture.forge.resolve("main"), "somebody else's");
        // when
        assertThatThrownBy(() -> pipeline.as(ALICE).versions().publish(set.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("v0.1.0")
                .hasMessageContaining("not this version's");
        // then
        assertThat(fixture.forge.tags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.message()).isEqualTo("somebody else's"));
        assertThat(pipeline.as(ALICE).changeSets().get(set.id()).state().kind()).isEqualTo(ChangeSetState.Kind.READY);
        assertThat(pipeline.as(ALICE).versions().tagged("v0.1.0")).isEmpty();
        Version next = pipeline.as(ALICE).versions().publish(List.of(set.id()), version -> version.number("0.1.1"));
        assertThat(next.state().kind()).isEqualTo(VersionState.Kind.PUBLISHED);
        assertThat(next.previous()).isEmpty();
    }

    @Test
    void no_version_follows_one_whose_publishing_is_not_finished() {
        // given
        ChangeSet set = interrupted(Point.AFTER_DRAFT);
        Pipeline second = fixture.start();
        ChangeSet next = fixture.changeSet(second);
        // when / then
        assertThatThrownBy(() -> second.as(ALICE).versions().publish(next.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("v0.1.0, which is still being published");
        second.as(BOB).versions().publish(set.id());
        assertThat(second.as(ALICE).versions().publish(next.id()).number().tag())
                .isEqualTo("v0.2.0");
    }

    private ChangeSet interrupted(Point point) {
        ChangeSet set = fixture.changeSet(fixture.start());
        FaultyStore store = new FaultyStore(fixture.memory);
        Pipeline first = fixture.start(store, wiring -> {});
        point.fault.accept(new Run(fixture, store));
        assertThatThrownBy(() -> first.as(ALICE).versions().publish(set.id()))
                .isInstanceOfAny(FaultyStore.Crash.class, AdapterException.class);
        fixture.forge.beforeTag = () -> {};
        fixture.forge.afterTag = () -> {};
        return set;
    }

    private void exactlyOne(Pipeline pipeline, ChangeSet set) {
        fixture.auditIsIntact();
        assertThat(all(pipeline)).singleElement().satisfies(version -> {
            assertThat(version.number().tag()).isEqualTo("v0.1.0");
            assertThat(version.state().kind()).isEqualTo(VersionState.Kind.PUBLISHED);
            assertThat(version.changeSets()).containsExactly(set.id());
            assertThat(version.createdBy().isHuman()).isTrue();
            assertThat(fixture.forge.tags()).singleElement().satisfies(tag -> {
                assertThat(tag.name()).isEqualTo("v0.1.0");
                assertThat(tag.commit()).isEqualTo(version.commit());
            });
            assertThat(pipeline.as(ALICE).versions().verify(version.id())).isEmpty();
        });
        assertThat(pipeline.as(ALICE).changeSets().get(set.id()).state().kind())
                .isEqualTo(ChangeSetState.Kind.VERSIONED);
    }

    private static List<Version> all(Pipeline pipeline) {
        PipelineFilter every = PipelineFilter.all().versions(VersionState.Kind.values());
        return pipeline.as(ALICE).versions().list(every, PageRequest.first(100)).rows();
    }
}
