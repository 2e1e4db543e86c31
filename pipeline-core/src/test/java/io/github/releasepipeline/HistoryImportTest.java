package io.github.releasepipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.memory.CrashPoints;
import io.github.releasepipeline.memory.GroupAccess;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.memory.MemorySourceControl;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Delivery;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.TagRequest;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.Window;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionState;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryImportTest {
    private static final Actor ALICE = Actor.user("alice");
    private static final Instant MARCH = Instant.parse("2026-03-10T12:00:00Z");

    private final SettableClock clock = SettableClock.at("2026-03-10T12:00:00Z");
    private final MemoryItemRepository git = new MemoryItemRepository(clock);
    private final MemorySourceControl forge = new MemorySourceControl(
            "acme/flows", git, List.of(ItemKind.of("workflow", "workflows/**")), clock);
    private final MemoryPipelineStore store = new MemoryPipelineStore();
    private final ScriptedTarget production = new ScriptedTarget();
    private final List<Pipeline> started = new ArrayList<>();

    HistoryImportTest() {
        git.commitOn("main", Map.of("workflows/a.json", "1"));
    }

    @AfterEach
    void close() {
        started.forEach(Pipeline::close);
    }

    @Test
    void tags_become_published_versions_that_are_marked_as_imported() {
        tag("v1.0.0", "main", "First release");
        CommitId second = git.commitOn("main", Map.of("workflows/b.json", "1"));
        clock.advance(Duration.ofDays(20));
        tag("v1.1.0", "main", "");
        clock.advance(Duration.ofDays(100));

        HistoryReport report = start().versions().importHistory();

        assertThat(report.skipped()).isEmpty();
        assertThat(report.known()).isZero();
        assertThat(report.imported()).hasSize(2);
        Version first = report.imported().get(0);
        Version version = report.imported().get(1);
        assertThat(version.number().tag()).isEqualTo("v1.1.0");
        assertThat(version.isImported()).isTrue();
        assertThat(version.bump()).isEqualTo(Bump.IMPORTED);
        assertThat(version.bumpReason()).isEqualTo("found as tag v1.1.0");
        assertThat(version.commit()).isEqualTo(second);
        assertThat(version.previous()).contains(first.id());
        assertThat(version.changeSets()).isEmpty();
        assertThat(version.state()).isEqualTo(new VersionState.Published(MARCH.plus(Duration.ofDays(20))));
        assertThat(version.createdAt()).isEqualTo(MARCH.plus(Duration.ofDays(20)));
        assertThat(version.createdBy()).isEqualTo(Actor.user("tim"));
        assertThat(version.items().toString()).isEqualTo("2 workflows");
        assertThat(version.changedItems().toString()).isEqualTo("1 workflow");
        assertThat(first.previous()).isEmpty();
        assertThat(first.notes()).isEqualTo("First release\n");
        assertThat(start().versions().manifest(version.id()).byPath())
                .containsOnlyKeys("workflows/a.json", "workflows/b.json");
        assertThat(store.audit().of(version.id())).singleElement().satisfies(record -> {
            assertThat(record.event().name()).isEqualTo("version.imported");
            assertThat(record.stamp().actor()).isEqualTo(ALICE);
            assertThat(record.stamp().at()).isEqualTo(clock.instant());
        });
    }

    @Test
    void what_was_merged_between_two_tags_is_attributed_to_its_pull_requests() {
        tag("v1.0.0", "main", "");
        long merged = merged("workflows/b.json");
        git.commitOn("main", Map.of("workflows/c.json", "by hand"));
        tag("v1.1.0", "main", "Second\n\nSaid so");

        Version version = start().versions().importHistory().imported().get(1);

        assertThat(version.pullRequests()).containsExactly(merged);
        assertThat(version.notes()).isEqualTo("Second\n\nSaid so\n\n## Changes\n\n- Merged (#" + merged + ")\n");
        List<ChangeAttribution> changes = start().versions().changes(version.id());
        assertThat(changes).extracting(change -> change.change().id().path()).containsExactly("workflows/b.json", "workflows/c.json");
        assertThat(changes.get(0).pullRequests()).containsExactly(merged);
        assertThat(changes.get(0).direct()).isEmpty();
        assertThat(changes.get(1).pullRequests()).isEmpty();
        assertThat(changes.get(1).direct()).hasSize(1);
    }

    @Test
    void the_version_before_is_the_greatest_smaller_number_that_is_contained() {
        CommitId base = git.resolve("main");
        tag("v1.0.0", "main", "");
        git.commitOn("main", Map.of("workflows/b.json", "1"));
        tag("v2.0.0", "main", "");
        git.branch("maintenance", base);
        git.commitOn("maintenance", Map.of("workflows/a.json", "fixed"));
        tag("v1.0.1", "maintenance", "");
        git.commitOn("main", Map.of("workflows/c.json", "1"));
        tag("v10.0.0-rc.1", "main", "");
        tag("v10.0.0", "main", "");

        start().versions().importHistory();

        assertThat(previous("v1.0.0")).isEmpty();
        assertThat(previous("v1.0.1")).contains("v1.0.0");
        assertThat(previous("v2.0.0")).contains("v1.0.0");
        assertThat(previous("v10.0.0-rc.1")).contains("v2.0.0");
        assertThat(previous("v10.0.0")).contains("v10.0.0-rc.1");
    }

    @Test
    void importing_again_imports_only_what_is_new() {
        tag("v1.0.0", "main", "");
        start().versions().importHistory();
        git.commitOn("main", Map.of("workflows/b.json", "1"));
        tag("v1.1.0", "main", "");

        HistoryReport again = start().versions().importHistory();

        assertThat(again.known()).isEqualTo(1);
        assertThat(again.imported()).extracting(version -> version.number().tag()).containsExactly("v1.1.0");
        assertThat(previous("v1.1.0")).contains("v1.0.0");
        assertThat(start().versions().importHistory().imported()).isEmpty();
        assertThat(start().audit().verify().problems()).isEmpty();
    }

    @Test
    void tags_that_only_look_like_versions_are_left_out_with_a_reason() {
        tag("v1.0.0+a", "main", "");
        clock.advance(Duration.ofSeconds(1));
        tag("v1.0.0+b", "main", "");
        for (String name : List.of("1.2.3", "v1.2", "v01.2.3", "nightly", "release-7", "billing-v1.0.0", "v")) {
            tag(name, "main", "");
        }

        HistoryReport report = start().versions().importHistory();

        assertThat(report.imported()).extracting(version -> version.number().tag()).containsExactly("v1.0.0+a");
        assertThat(report.skipped())
                .containsExactlyInAnyOrder(
                        "Tag v1.0.0+b is the same version as tag v1.0.0+a",
                        "Tag 1.2.3 is not named as versions are here: v1.2.3",
                        "Tag v1.2 is not named as versions are here: v1.2.3",
                        "Tag v01.2.3 is not named as versions are here: v1.2.3");
    }

    @Test
    void a_tag_whose_commit_cannot_be_read_is_left_out_and_the_others_are_not() {
        tag("v1.0.0", "main", "");
        CommitId broken = git.commitOn("main", Map.of("workflows/b.json", "1"));
        tag("v1.1.0", "main", "");
        git.commitOn("main", Map.of("workflows/c.json", "1"));
        tag("v1.2.0", "main", "");

        HistoryReport report = start(store, failing(broken, AdapterException.lasting("Object 12 is missing", null)))
                .versions()
                .importHistory();

        assertThat(report.skipped()).containsExactly("Tag v1.1.0 was left out: Object 12 is missing");
        assertThat(report.imported()).extracting(version -> version.number().tag()).containsExactly("v1.0.0", "v1.2.0");
        assertThat(previous("v1.2.0")).contains("v1.0.0");
    }

    @Test
    void what_cannot_be_read_for_now_ends_the_import_and_the_next_one_goes_on() {
        tag("v1.0.0", "main", "");
        CommitId busy = git.commitOn("main", Map.of("workflows/b.json", "1"));
        tag("v1.1.0", "main", "");

        assertThatThrownBy(() -> start(store, failing(busy, AdapterException.passing("busy", null)))
                        .versions()
                        .importHistory())
                .isInstanceOf(AdapterException.class)
                .hasMessage("busy");

        HistoryReport rest = start().versions().importHistory();
        assertThat(rest.known()).isEqualTo(1);
        assertThat(rest.imported()).hasSize(1);
    }

    @Test
    void wherever_the_import_dies_the_next_one_goes_on_where_it_was() {
        tag("v1.0.0", "main", "");
        merged("workflows/b.json");
        tag("v1.1.0", "main", "");
        tag("v2.0.0", "main", "");
        int points = 0;
        boolean died = true;
        while (died) {
            points++;
            MemoryPipelineStore fresh = new MemoryPipelineStore();
            CrashPoints process = CrashPoints.dyingAt(points);
            died = dies(() -> start(process.store(fresh), git).versions().importHistory());
            HistoryReport rest = start(fresh, git).versions().importHistory();
            assertThat(rest.known() + rest.imported().size()).isEqualTo(3);
            List<Version> all = start(fresh, git)
                    .versions()
                    .list(PipelineFilter.all(), PageRequest.first(10))
                    .rows();
            assertThat(all).hasSize(3);
            assertThat(all).allSatisfy(version -> assertThat(
                            start(fresh, git).versions().verify(version.id()))
                    .isEmpty());
            assertThat(start(fresh, git).audit().verify().problems()).isEmpty();
        }
        assertThat(points).isGreaterThan(20);
    }

    @Test
    void several_nodes_that_import_at_once_make_each_version_once() throws Exception {
        for (int i = 0; i < 12; i++) {
            git.commitOn("main", Map.of("workflows/" + i + ".json", "1"));
            tag("v1." + i + ".0", "main", "");
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<HistoryReport>> nodes = Stream.generate(this::start)
                .limit(4)
                .<Callable<HistoryReport>>map(node -> () -> node.versions().importHistory())
                .toList();
        for (Future<HistoryReport> report : threads.invokeAll(nodes)) {
            assertThat(report.get().known() + report.get().imported().size()).isEqualTo(12);
        }
        threads.shutdown();

        List<Version> all =
                start().versions().list(PipelineFilter.all(), PageRequest.first(50)).rows();
        assertThat(all).hasSize(12);
        assertThat(previous("v1.0.0")).isEmpty();
        for (int i = 1; i < 12; i++) {
            assertThat(previous("v1." + i + ".0")).contains("v1." + (i - 1) + ".0");
        }
        assertThat(start().audit().verify().problems()).isEmpty();
    }

    @Test
    void the_next_version_follows_the_greatest_imported_one() {
        tag("v1.4.0", "main", "");
        ActingPipeline alice = start();
        alice.versions().importHistory();
        long merged = merged("workflows/b.json");
        alice.pullRequests().synchronize();

        Version next = alice.versions()
                .publish(alice.changeSets()
                        .create("Next", set -> set.pullRequests(merged))
                        .id());

        assertThat(next.number().tag()).isEqualTo("v1.5.0");
        assertThat(next.isImported()).isFalse();
        assertThat(next.pullRequests()).containsExactly(merged);
        assertThat(alice.versions().get(next.previous().orElseThrow()).number().tag()).isEqualTo("v1.4.0");
    }

    @Test
    void imported_versions_count_in_the_month_of_their_tag_and_no_deployment_is_invented() {
        tag("v1.0.0", "main", "");
        merged("workflows/b.json");
        tag("v1.1.0", "main", "");
        clock.advance(Duration.ofDays(40));
        ActingPipeline alice = start();
        alice.versions().importHistory();
        long merged = merged("workflows/c.json");
        alice.pullRequests().synchronize();
        Version next = alice.versions()
                .publish(alice.changeSets()
                        .create("Next", set -> set.pullRequests(merged))
                        .id());

        assertThat(alice.metrics().of(window("2026-03-01", "2026-04-01"), Optional.empty()).versionsPublished())
                .isEqualTo(2);
        assertThat(alice.metrics().of(window("2026-04-01", "2026-05-01"), Optional.empty()).versionsPublished())
                .isEqualTo(1);
        Release release = alice.releases()
                .deploy(alice.releases().request(next.id(), "production").id())
                .await(PipelineFixture.LONG);
        assertThat(release.delivered()).extracting(Delivery::pullRequest).containsExactly(merged);
    }

    @Test
    void an_imported_version_can_be_verified_deployed_and_retired() {
        tag("v1.0.0", "main", "");
        ActingPipeline alice = start();
        Version version = alice.versions().importHistory().imported().get(0);

        assertThat(alice.versions().verify(version.id())).isEmpty();
        Release release = alice.releases()
                .deploy(alice.releases().request(version.id(), "production").id())
                .await(PipelineFixture.LONG);
        assertThat(release.succeeded()).isTrue();
        assertThat(release.delivered()).isEmpty();
        assertThat(alice.versions().get(version.id()).deliveredBy()).isEmpty();
        assertThat(alice.versions().deprecate(version.id(), "old").isImported()).isTrue();
    }

    @Test
    void hostile_tags_are_stored_and_shown_safely() {
        String message = "Bell \u0007 nul \u0000 \u001b[31m\ttab\nline \ufffd\n" + "x".repeat(300_000);
        git.createTag(new TagRequest("v1.0.0", git.resolve("main"), message, Actor.user("t".repeat(200)), clock.instant()));

        Version version = start().versions().importHistory().imported().get(0);

        assertThat(version.notes()).startsWith("Bell \ufffd nul \ufffd \ufffd[31m\ttab\nline \ufffd\n").hasSize(100_001);
        assertThat(version.createdBy().id()).hasSize(200);
        assertThat(start().versions().get(version.id())).isEqualTo(version);
    }

    @Test
    void who_may_not_publish_may_not_import() {
        tag("v1.0.0", "main", "");
        ActingPipeline mallory = build(wiring(store, git)
                        .access(GroupAccess.builder()
                                .members("makers", ALICE)
                                .grant("makers", Permission.values())
                                .build()))
                .as(Actor.user("mallory"));

        assertThatThrownBy(() -> mallory.versions().importHistory()).isInstanceOf(RefusedException.class);
        assertThat(store.reader().versionTagged("v1.0.0")).isEmpty();
    }

    private Optional<String> previous(String tag) {
        ActingPipeline alice = start();
        return alice.versions()
                .tagged(tag)
                .orElseThrow()
                .previous()
                .map(id -> alice.versions().get(id).number().tag());
    }

    private void tag(String name, String branch, String message) {
        CommitId at = git.resolve(branch);
        git.createTag(new TagRequest(name, at, message, Actor.user("tim"), clock.instant()));
    }

    private long merged(String path) {
        long number = forge.open("Merged", "bob", List.of(), Map.of(path, "new"));
        forge.mergeElsewhere(number, "bob");
        return number;
    }

    private ActingPipeline start() {
        return start(store, git);
    }

    private ActingPipeline start(PipelineStore on, ItemRepository repository) {
        return build(wiring(on, repository)).as(ALICE);
    }

    private PipelineBuilder wiring(PipelineStore on, ItemRepository repository) {
        return Pipeline.builder()
                .sourceControl(forge)
                .repository(repository)
                .store(on)
                .items(ItemKind.of("workflow", "workflows/**"))
                .environment("production", production, env -> env.tier(Tier.PRODUCTION))
                .clock(clock);
    }

    private Pipeline build(PipelineBuilder wiring) {
        Pipeline pipeline = wiring.build();
        started.add(pipeline);
        return pipeline;
    }

    private static boolean dies(Runnable work) {
        try {
            work.run();
            return false;
        } catch (CrashPoints.Crash e) {
            return true;
        }
    }

    private ItemRepository failing(CommitId at, AdapterException failure) {
        return (ItemRepository) Proxy.newProxyInstance(
                ItemRepository.class.getClassLoader(), new Class<?>[] {ItemRepository.class}, (proxy, method, given) -> {
                    if (method.getName().equals("manifest") && given[0].equals(at)) {
                        throw failure;
                    }
                    try {
                        return method.invoke(git, given);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private static Window window(String from, String to) {
        return new Window(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
    }
}
