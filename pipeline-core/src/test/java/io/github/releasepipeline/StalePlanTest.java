package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static io.github.releasepipeline.PipelineFixture.CAROL;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.EnvironmentPolicy.Involved;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.PipelineTables;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.version.Version;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was looked at outside of a transaction, and has changed when the transaction decides. */
class StalePlanTest {
    private final PipelineFixture fixture = new PipelineFixture();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    @AfterEach
    void close() {
        fixture.auditIsIntact();
        fixture.close();
    }

    @Test
    void approvals_lapse_when_another_release_ends_between_the_fresh_plan_and_the_start() {
        // given
        DeploymentTarget target = afterEach(DeploymentTarget.class, fixture.staging, "observe");
        Pipeline pipeline =
                fixture.build(fixture.bare(fixture.memory).environment("staging", target, env -> env.approvals(1)));
        Version first = fixture.version(pipeline);
        Version second = fixture.version(pipeline);
        ReleaseId waiting = fixture.approved(pipeline, second, "staging");
        ReleaseId quick = fixture.approved(pipeline, first, "staging");
        // when
        once(() -> pipeline.as(BOB).releases().deploy(quick).await(LONG));
        Release pressed = pipeline.as(ALICE).releases().deploy(waiting).release();
        // then
        assertThat(pipeline.as(ALICE).releases().get(quick).state().kind()).isEqualTo(Kind.SUCCEEDED);
        assertThat(pressed.state().kind()).isEqualTo(Kind.PENDING_APPROVAL);
        assertThat(pressed.approvals()).isEmpty();
    }

    @Test
    void a_release_that_came_under_a_stricter_policy_and_was_approved_anew_meanwhile_starts_with_that() {
        // given
        DeploymentTarget target = afterEach(DeploymentTarget.class, fixture.staging, "observe");
        Pipeline lenient =
                fixture.build(fixture.bare(fixture.memory).environment("staging", target, env -> env.approvals(1)));
        Pipeline strict =
                fixture.build(fixture.bare(fixture.memory).environment("staging", target, env -> env.approvals(2)));
        ReleaseId waiting = fixture.approved(lenient, fixture.version(lenient), "staging");
        // when
        once(() -> {
            strict.as(ALICE).releases().deploy(waiting);
            strict.as(BOB).releases().approve(waiting, "once more");
            strict.as(CAROL).releases().approve(waiting, "me too");
        });
        Release pressed = lenient.as(ALICE).releases().deploy(waiting).await(LONG);
        // then
        assertThat(pressed.state().kind()).isEqualTo(Kind.SUCCEEDED);
        assertThat(pressed.approvals()).hasSize(2);
    }

    @Test
    void an_author_is_refused_whose_change_arrives_since_the_environment_went_back_while_they_voted() {
        // given
        PipelineStore store = afterEachOfTables("pullRequests");
        Pipeline pipeline = fixture.build(fixture.bare(store)
                .environment(
                        "staging",
                        fixture.staging,
                        env -> env.approvals(1).refuseVotesOf(Involved.PULL_REQUEST_AUTHOR)));
        fixture.deployed(pipeline, fixture.version(pipeline), "staging");
        Version between = fixture.version(pipeline);
        Release active = fixture.deployed(pipeline, between, "staging");
        ReleaseId id = pipeline.as(ALICE)
                .releases()
                .request(fixture.version(pipeline).id(), "staging")
                .id();
        Actor author = Actor.user("author-" + between.pullRequests().get(0));
        // when
        once(() ->
                pipeline.as(BOB).releases().rollback(active.id(), "it is slow").await(LONG));
        // then
        assertThatThrownBy(() -> pipeline.as(author).releases().approve(id, "mine is there already"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("wrote a change");
    }

    @Test
    void a_set_that_is_changed_while_its_version_is_worked_out_is_not_frozen_in_it() {
        // given
        ItemRepository repository = afterEach(ItemRepository.class, fixture.forge, "origins");
        Pipeline pipeline = fixture.start(wiring -> wiring.repository(repository));
        ChangeSet set = fixture.changeSet(pipeline);
        long late = fixture.merged(pipeline);
        ChangeSets sets = pipeline.as(BOB).changeSets();
        // when
        once(() -> {
            sets.edit(set.id(), more -> more.pullRequests(late));
            sets.propose(set.id());
        });
        // then
        assertThatThrownBy(() -> pipeline.as(ALICE).versions().publish(set.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("was changed");
        assertThat(sets.get(set.id()).state().kind()).isEqualTo(ChangeSetState.Kind.READY);
        Version version = pipeline.as(ALICE).versions().publish(set.id());
        assertThat(version.pullRequests()).isEqualTo(List.of(set.pullRequests().get(0), late));
    }

    private PipelineStore afterEachOfTables(String method) {
        return (PipelineStore) Proxy.newProxyInstance(
                PipelineStore.class.getClassLoader(), new Class<?>[] {PipelineStore.class}, (self, called, given) -> {
                    try {
                        Object answer = called.invoke(fixture.memory, given);
                        return answer instanceof PipelineTables tables
                                ? afterEach(PipelineTables.class, tables, method)
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void once(Runnable work) {
        meanwhile.set(() -> {
            meanwhile.set(() -> {});
            work.run();
        });
    }

    /** The same port, but something happens after the answer of one method and before the caller has it. */
    private <T> T afterEach(Class<T> port, T real, String method) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, called, given) -> {
            try {
                Object answer = called.invoke(real, given);
                if (called.getName().equals(method)) {
                    meanwhile.get().run();
                }
                return answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
