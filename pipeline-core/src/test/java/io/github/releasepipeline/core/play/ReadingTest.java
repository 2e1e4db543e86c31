package io.github.releasepipeline.core.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.PipelineView;
import io.github.releasepipeline.VersionPreview;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.ItemOperation;
import io.github.releasepipeline.release.Plan;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.PullRequestEvent;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What the public API tells, and what it lets people say. */
class ReadingTest {
    private static final PageRequest FIRST = PageRequest.first(10);

    private final Company company = new Company(0);

    @Test
    void the_view_shows_all_four_stages_and_the_figures_of_the_month() {
        Version version = company.published("flows/a");
        Release release = company.deployed(version, "dev");
        long open = company.world.open("erin", "flows/b", List.of());
        company.alice().pullRequests().synchronize();
        PipelineView view = company.alice().view(PipelineFilter.all(), 10, ZoneOffset.UTC);
        assertThat(view.pullRequests().rows()).extracting(row -> row.number()).containsExactly(open);
        assertThat(view.changeSets().rows()).hasSize(1);
        assertThat(view.versions().rows())
                .containsExactly(company.alice().versions().get(version.id()));
        assertThat(view.releases().rows()).containsExactly(release);
        assertThat(view.metrics()).isEqualTo(company.alice().metrics().thisMonth(ZoneOffset.UTC));
        assertThat(view.metrics().successfulDeployments()).isEqualTo(1);
        PipelineFilter merged = PipelineFilter.all().pullRequests(PullRequestStatus.MERGED);
        assertThat(company.alice()
                        .view(merged, 10, ZoneOffset.UTC)
                        .pullRequests()
                        .rows())
                .extracting(row -> row.number())
                .containsExactly(1L);
        assertThat(company.alice()
                        .changeSets()
                        .list(PipelineFilter.all(), FIRST)
                        .rows())
                .hasSize(1);
        assertThat(company.alice().releases().list(PipelineFilter.all(), FIRST).rows())
                .hasSize(1);
        assertThat(company.alice().versions().list(PipelineFilter.all(), FIRST).rows())
                .hasSize(1);
    }

    @Test
    void a_version_tells_its_items_and_what_changed() {
        Version first = company.published("flows/a");
        Version second = company.published("flows/b");
        assertThat(company.alice().versions().manifest(second.id()).byPath()).containsOnlyKeys("flows/a", "flows/b");
        assertThat(company.alice().versions().changes(second.id()))
                .extracting(change -> change.change().id().path() + change.pullRequests())
                .containsExactly("flows/b[2]");
        assertThat(second.previous()).contains(first.id());
        assertThat(second.changedItems()).hasToString("1 workflow");
        assertThat(second.items()).hasToString("2 workflows");
        assertThat(company.alice().versions().tagged("v0.2.0+any.build")).contains(second);
        assertThat(company.alice().versions().verify(second.id())).isEmpty();
        assertThat(company.alice().audit().newest(FIRST).rows()).isNotEmpty();
        assertThat(company.alice().audit().verify().intact()).isTrue();
    }

    @Test
    void a_version_is_made_as_its_maker_wishes() {
        ChangeSet set = company.ready("flows/a");
        String commit = company.alice()
                .pullRequests()
                .get(1)
                .merged()
                .orElseThrow()
                .merge()
                .hex();
        VersionPreview preview = company.alice()
                .versions()
                .preview(
                        List.of(set.id()),
                        wishes -> wishes.bump(Bump.MAJOR).commit(commit).notes("# By hand"));
        assertThat(preview.number().tag()).isEqualTo("v0.1.0");
        assertThat(preview.bump()).isEqualTo(Bump.MAJOR);
        assertThat(preview.bumpReason()).isEqualTo("chosen by alice");
        assertThat(preview.notes()).isEqualTo("# By hand");
        assertThat(preview.commit().hex()).isEqualTo(commit);
        Version version = company.alice()
                .versions()
                .publish(
                        List.of(set.id()), wishes -> wishes.number("2.0.0-rc.1").notes("# By hand"));
        assertThat(version.number().tag()).isEqualTo("v2.0.0-rc.1");
        assertThat(version.bumpReason()).isEqualTo("number chosen by alice");
        assertThat(version.notes()).isEqualTo("# By hand");
        assertThat(company.alice()
                        .versions()
                        .publish(company.ready("flows/b").id(), Bump.PATCH)
                        .number()
                        .tag())
                .isEqualTo("v2.0.0");
    }

    @Test
    void a_version_contains_its_pull_requests_and_the_version_before() {
        String before = company.world.history.resolve("main").hex();
        ChangeSet set = company.ready("flows/a");
        assertThatThrownBy(() -> company.alice().versions().publish(List.of(set.id()), wishes -> wishes.commit(before)))
                .hasMessageContaining("Pull request #1 is not contained in commit");
        ChangeSet empty = company.alice().changeSets().create("Nothing", none -> {});
        assertThatThrownBy(() -> company.alice().versions().publish(empty.id()))
                .hasMessageContaining("Change set 'Nothing' is DRAFT and cannot be versioned");
        company.alice().versions().publish(set.id());
        company.world.forge.mergeElsewhere(company.world.open("erin", "flows/b", List.of()), "erin");
        company.alice().pullRequests().synchronize();
        ChangeSet next = company.alice().changeSets().create("Next", of -> of.pullRequests(2));
        company.world.history.branch("side", company.world.history.resolve(before));
        String side =
                company.world.history.commitOn("side", Map.of("flows/x", "x")).hex();
        assertThatThrownBy(() -> company.alice().versions().publish(List.of(next.id()), wishes -> wishes.commit(side)))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void what_rides_along_is_named_the_first_twenty_of_it() {
        company.published("flows/a");
        IntStream.range(0, 25)
                .forEach(i -> company.world.history.commitOn("main", Map.of("flows/direct-" + (100 + i), "x")));
        ChangeSet set = company.ready("flows/b");
        assertThatThrownBy(() -> company.alice().versions().publish(set.id()))
                .hasMessageContaining("flows/direct-119 changed outside of any pull request by commit")
                .hasMessageNotContaining("flows/direct-120")
                .hasMessageContaining(", and 5 more");
    }

    @Test
    void twenty_stowaways_are_all_named() {
        company.published("flows/a");
        IntStream.range(0, 20)
                .forEach(i -> company.world.history.commitOn("main", Map.of("flows/direct-" + (100 + i), "x")));
        ChangeSet set = company.ready("flows/b");
        assertThatThrownBy(() -> company.alice().versions().publish(set.id()))
                .hasMessageContaining("flows/direct-119")
                .hasMessageNotContaining("more (");
    }

    @Test
    void a_set_is_edited_word_by_word() {
        long first = company.merged("flows/a");
        long second = company.merged("flows/b");
        ChangeSet set = company.alice().changeSets().create("Old", of -> of.pullRequests(first, second));
        ChangeSet edited = company.alice()
                .changeSets()
                .edit(
                        set.id(),
                        of -> of.name("New").without(first).description("words").type(ChangeType.DOCS));
        assertThat(edited.name()).isEqualTo("New");
        assertThat(edited.description()).isEqualTo("words");
        assertThat(edited.type()).isEqualTo(ChangeType.DOCS);
        assertThat(edited.pullRequests()).containsExactly(second);
        assertThat(company.alice()
                        .changeSets()
                        .abandon(set.id(), "no more")
                        .state()
                        .kind())
                .isEqualTo(ChangeSetState.Kind.ABANDONED);
    }

    @Test
    void a_plan_shows_what_would_happen_and_where_it_could_go_back_to() {
        Version first = company.published("flows/a");
        Version second = company.published("flows/b");
        Version third = company.published("flows/c");
        assertThat(company.alice().releases().plan(first.id(), "dev").rollbackTarget())
                .isEmpty();
        company.deployed(first, "dev");
        company.deployed(second, "dev");
        Plan plan = company.alice().releases().plan(third.id(), "dev");
        assertThat(plan.rollbackTarget()).contains(second.id());
        assertThat(plan.operations())
                .extracting(ItemOperation::type, operation -> operation.id().path())
                .containsExactly(Tuple.tuple(ItemOperation.Type.CREATE, "flows/c"));
        assertThat(target(second.id())).contains(first.id());
        company.alice().versions().block(second.id(), "a hole");
        assertThat(target(third.id())).contains(first.id());
    }

    private Optional<VersionId> target(VersionId version) {
        return company.alice().releases().plan(version, "dev").rollbackTarget();
    }

    @Test
    void environments_tell_what_they_demand_and_what_is_done_to_them() {
        assertThat(company.alice().environments().list())
                .extracting(environment -> environment.name().value())
                .containsExactly("dev", "staging", "production");
        EnvironmentPolicy staging = company.alice().environments().policy("staging");
        assertThat(staging.tier()).isEqualTo(Tier.STAGING);
        assertThat(staging.start()).isEqualTo(EnvironmentPolicy.Start.WHEN_APPROVED);
        Environment held = company.alice().environments().hold("dev", "freeze");
        assertThat(held).isEqualTo(company.alice().environments().get("dev"));
        assertThat(held.hold()).isPresent();
        assertThat(company.alice().environments().resume("dev", "thaw").hold()).isEmpty();
        assertThat(company.alice().environments().repaired("dev", "mended").name())
                .isEqualTo(held.name());
    }

    @Test
    void a_release_tells_what_can_be_done_with_it() {
        Version first = company.published("flows/a");
        Release release = company.deployed(first, "dev");
        assertThat(company.alice().releases().actions(release.id()))
                .as("there is nothing to go back to")
                .containsExactly(ReleaseAction.VIEW_LOGS);
        Release next = company.deployed(company.published("flows/b"), "dev");
        assertThat(company.alice().releases().actions(next.id()))
                .containsExactlyInAnyOrder(ReleaseAction.VIEW_LOGS, ReleaseAction.ROLLBACK);
        assertThat(company.alice().releases().rollbackTargets(next.id()))
                .extracting(Version::id)
                .containsExactly(first.id());
    }

    @Test
    void checks_are_started_again_at_the_head_that_was_read() {
        long number = company.world.open("erin", "flows/a", List.of());
        company.alice().pullRequests().synchronize();
        company.alice().pullRequests().runChecks(number);
        var id = company.alice().pullRequests().get(number).id();
        assertThat(company.alice().audit().of(id))
                .extracting(record -> record.event())
                .containsExactly(new PullRequestEvent.ChecksStarted(
                        company.alice().pullRequests().get(number).head()));
        company.world.forge.push(number, Map.of("flows/a", "more"));
        assertThatThrownBy(() -> company.alice().pullRequests().runChecks(number))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("were not started");
    }

    @Test
    void a_merge_that_is_not_possible_says_why_and_one_that_is_is_recorded_once() {
        long first = company.world.open("erin", "flows/a", List.of());
        long second = company.world.open("erin", "flows/a", List.of());
        company.world.forge.review(first, "carol", ReviewSummary.Decision.APPROVED);
        company.world.forge.review(second, "carol", ReviewSummary.Decision.APPROVED);
        company.alice().pullRequests().synchronize();
        assertThat(company.alice().pullRequests().merge(first).merged()).isPresent();
        assertThat(company.alice().pullRequests().merge(first).merged()).isPresent();
        var id = company.alice().pullRequests().get(first).id();
        assertThat(company.alice().audit().of(id))
                .extracting(record -> record.event().name())
                .containsExactly("pull-request.merged");
        assertThatThrownBy(() -> company.alice().pullRequests().merge(second))
                .hasMessageContaining("it conflicts with the base branch in [flows/a]");
        var seen = company.alice().pullRequests().get(second).head();
        var actual = company.world.forge.push(second, Map.of("flows/z", "z"));
        company.world.forge.review(second, "carol", ReviewSummary.Decision.APPROVED);
        assertThatThrownBy(() -> company.alice().pullRequests().merge(second, seen, Optional.empty()))
                .hasMessageContaining("its head is now " + actual);
        company.world.forge.refuseNextMerge(new MergeOutcome.Queued("third"));
        long third = company.world.open("erin", "flows/q", List.of());
        company.world.forge.review(third, "carol", ReviewSummary.Decision.APPROVED);
        company.alice().pullRequests().synchronize();
        assertThat(company.alice().pullRequests().merge(third).merged()).isEmpty();
        company.world.forge.refuseNextMerge(new MergeOutcome.NotAllowed("frozen"));
        assertThatThrownBy(() -> company.alice().pullRequests().merge(third)).hasMessageContaining("frozen");
    }

    @Test
    void who_may_do_nothing_can_do_nothing() {
        ChangeSet set = company.ready("flows/a");
        Version version = company.published("flows/b");
        Release ready = company.alice().releases().request(version.id(), "dev");
        var releases = company.eve().releases();
        List<ThrowableAssert.ThrowingCallable> commands = List.of(
                () -> company.eve().pullRequests().merge(1),
                () -> company.eve().pullRequests().runChecks(1),
                () -> company.eve().changeSets().create("x", of -> {}),
                () -> company.eve().changeSets().edit(set.id(), of -> {}),
                () -> company.eve().changeSets().propose(set.id()),
                () -> company.eve().changeSets().approve(set.id()),
                () -> company.eve().changeSets().sendBack(set.id(), "x"),
                () -> company.eve().changeSets().abandon(set.id(), "x"),
                () -> company.eve().versions().publish(set.id()),
                () -> company.eve().versions().deprecate(version.id(), "x"),
                () -> releases.request(version.id(), "dev"),
                () -> releases.requestBypassing(version.id(), "dev", "x"),
                () -> releases.approve(ready.id(), "x"),
                () -> releases.reject(ready.id(), "x"),
                () -> releases.deploy(ready.id()),
                () -> releases.retry(ready.id()),
                () -> releases.cancel(ready.id(), "x"),
                () -> releases.resolve(ready.id(), Resolution.REPEAT, "x"),
                () -> releases.rollback(ready.id(), "x"),
                () -> company.eve().environments().hold("dev", "x"));
        for (var command : commands) {
            assertThatThrownBy(command)
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.rule()).isEqualTo("access"));
        }
        assertThat(Duration.between(ready.requestedAt(), company.world.clock.instant()))
                .isZero();
    }
}
