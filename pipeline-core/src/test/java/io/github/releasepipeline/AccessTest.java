package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.AccessPolicy;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.Stowaways;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The core asks the access policy before every command. */
class AccessTest {
    private final PipelineFixture fixture = new PipelineFixture();
    private final List<String> asked = new ArrayList<>();

    /** Alice may do everything, others nothing. */
    private final AccessPolicy policy = new AccessPolicy() {
        @Override
        public Optional<String> refusal(Actor actor, Permission permission, String scope) {
            asked.add(permission + " in " + scope);
            return actor.equals(ALICE) ? Optional.empty() : Optional.of("only alice may");
        }

        @Override
        public Set<String> groups(Actor actor) {
            return Set.of();
        }
    };

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void nobody_does_what_the_policy_does_not_allow() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.access(policy));
        long merged = fixture.merged(pipeline);
        ChangeSet set = pipeline.as(ALICE).changeSets().create("Set", editor -> editor.pullRequests(merged));
        Version version = fixture.version(fixture.start(wiring -> {}));
        Release release = fixture.deployed(pipeline, version, "development");
        ActingPipeline bob = pipeline.as(BOB);
        Map<String, ThrowingCallable> commands = new TreeMap<>();
        commands.put("MERGE in acme/flows", () -> bob.pullRequests().merge(merged));
        commands.put("EDIT_CHANGE_SET in acme/flows", () -> bob.changeSets().create("Mine", editor -> {}));
        commands.put("APPROVE_CHANGE_SET in acme/flows", () -> bob.changeSets().approve(set.id()));
        commands.put("PUBLISH_VERSION in acme/flows", () -> bob.versions().publish(set.id()));
        commands.put("RETIRE_VERSION in acme/flows", () -> bob.versions().block(version.id(), "bad"));
        commands.put("REQUEST_RELEASE in staging", () -> bob.releases().request(version.id(), "staging"));
        commands.put("APPROVE_RELEASE in development", () -> bob.releases().approve(release.id(), ""));
        commands.put(
                "JUDGE_GATE in development",
                () -> bob.releases().judge(release.id(), "board", GateVerdict.PASSED, "fine"));
        commands.put("DEPLOY in development", () -> bob.releases().deploy(release.id()));
        commands.put("ROLLBACK in development", () -> bob.releases().rollback(release.id(), "bad"));
        commands.put("BYPASS in production", () -> bob.releases().requestBypassing(version.id(), "production", "now"));
        commands.put("OVERRIDE_WINDOW in development", () -> bob.releases().overrideWindow(release.id(), "urgent"));
        commands.put(
                "FORCE_RELEASE in production", () -> bob.releases().requestForced(version.id(), "production", "now"));
        commands.put(
                "OPERATE_ENVIRONMENT in development",
                () -> bob.releases().resolve(release.id(), Resolution.HAPPENED, "seen"));
        commands.put("RESEND_LETTER in acme/flows", () -> bob.letters().resendAll("chat"));
        long records = pipeline.as(ALICE).audit().verify().records();
        asked.clear();
        // when / then
        commands.forEach((permission, command) -> assertThatThrownBy(command)
                .as(permission)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("bob may not")
                .hasMessageContaining("only alice may"));
        assertThat(asked).containsExactlyElementsOf(commands.keySet());
        assertThat(commands).hasSameSizeAs(Permission.values());
        assertThat(pipeline.as(ALICE).audit().verify().records()).isEqualTo(records);
    }

    @Test
    void every_other_way_to_the_same_thing_is_asked_for_too() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.access(policy));
        ChangeSet set = fixture.changeSet(pipeline);
        Version version = fixture.version(fixture.start(wiring -> wiring.stowaways(Stowaways.WARN)));
        Release release = fixture.deployed(pipeline, version, "development");
        ActingPipeline bob = pipeline.as(BOB);
        List<ThrowingCallable> commands = List.of(
                () -> bob.pullRequests().runChecks(set.pullRequests().get(0)),
                () -> bob.changeSets().edit(set.id(), editor -> editor.name("Mine")),
                () -> bob.changeSets().propose(set.id()),
                () -> bob.changeSets().abandon(set.id(), "no"),
                () -> bob.changeSets().sendBack(set.id(), "no"),
                () -> bob.versions().deprecate(version.id(), "old"),
                () -> bob.releases().reject(release.id(), "no"),
                () -> bob.releases().requestDowngrade(version.id(), "staging", "no"),
                () -> bob.releases().withdraw(release.id()),
                () -> bob.releases().retry(release.id()),
                () -> bob.releases().cancel(release.id(), "no"),
                () -> bob.releases().rollback(release.id(), version.id(), true, "no"),
                () -> bob.environments().hold("development", "no"),
                () -> bob.environments().resume("development", "no"),
                () -> bob.environments().raiseToken("development", 99, "no"),
                () -> bob.environments().repaired("development", "no"));
        // when / then
        commands.forEach(command -> assertThatThrownBy(command).isInstanceOf(RefusedException.class));
        assertThat(pipeline.as(ALICE).environments().get("development").hold()).isEmpty();
    }

    @Test
    void no_letters_are_read_for_somebody_who_may_not_resend_them() {
        // given
        CountingStore counting = new CountingStore(fixture.memory);
        Pipeline pipeline = fixture.start(counting, wiring -> wiring.access(policy));
        // when
        assertThatThrownBy(() -> pipeline.as(BOB).letters().resendAll("chat")).isInstanceOf(RefusedException.class);
        // then
        assertThat(counting.calls("buried")).isZero();
    }
}
