package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionProblem;
import io.github.releasepipeline.version.VersionProblem.Kind;
import java.io.ByteArrayInputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is found when a version is compared with the repository and with what was kept. */
class VerifyTest {
    private final PipelineFixture fixture = new PipelineFixture();
    private final Version version = twoItems();
    private final PipelineStore elsewhere = new MemoryPipelineStore();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void nothing_is_wrong_with_a_version_that_nobody_touched() {
        assertThat(problems(fixture.start())).isEmpty();
    }

    @Test
    void a_moved_tag_a_deleted_tag_and_a_tag_made_anew_are_told_apart() {
        fixture.forge.tag("v0.1.0", TestForge.commitId(1), "moved");
        assertThat(problems(fixture.start()))
                .containsExactly(new VersionProblem(
                        Kind.TAG_MOVED,
                        "Tag v0.1.0 was moved from " + version.commit() + " to " + TestForge.commitId(1)));

        fixture.forge.tag("v0.1.0", version.commit(), "Manifest: sha256:" + "0".repeat(64));
        assertThat(kinds(fixture.start())).containsExactly(Kind.TAG_FOREIGN);
        fixture.forge.tag("v0.1.0", version.commit(), "see Manifest: " + version.manifest() + " there");
        assertThat(kinds(fixture.start())).containsExactly(Kind.TAG_FOREIGN);
        fixture.forge.tag("v0.1.0", version.commit(), "retold\n\nManifest: " + version.manifest() + "\n");
        assertThat(problems(fixture.start())).isEmpty();

        fixture.forge.untag("v0.1.0");
        assertThat(problems(fixture.start()))
                .containsExactly(new VersionProblem(Kind.TAG_MISSING, "Tag v0.1.0 is gone"));
    }

    @Test
    void every_problem_is_listed_not_only_the_first() {
        fixture.forge.untag("v0.1.0");
        Pipeline blind = fixture.start(
                wiring -> wiring.repository(answering("open", given -> new ByteArrayInputStream(new byte[1]))));

        assertThat(kinds(blind)).containsExactly(Kind.TAG_MISSING, Kind.ITEM_CHANGED, Kind.ITEM_CHANGED);
    }

    @Test
    void an_item_that_is_gone_and_one_that_cannot_be_read_are_missing() {
        Pipeline gone = fixture.start(wiring -> wiring.repository(answering("open", given -> {
            if (given[1].equals(TestForge.path(101))) {
                throw new NotFoundException("file", "it");
            }
            throw AdapterException.lasting("Object 123 is missing", null);
        })));

        assertThat(problems(gone))
                .containsExactly(
                        new VersionProblem(
                                Kind.ITEM_MISSING,
                                "Item workflow:workflows/flow-101.json is not at commit " + version.commit()),
                        new VersionProblem(Kind.ITEM_MISSING, "Object 123 is missing"));
    }

    @Test
    void a_commit_that_is_gone_is_one_problem_and_not_one_for_each_item() {
        Pipeline pruned = fixture.start(wiring -> wiring.repository(answering("resolve", given -> {
            throw new NotFoundException("revision", given[0].toString());
        })));

        assertThat(kinds(pruned)).containsExactly(Kind.COMMIT_MISSING);
    }

    @Test
    void what_cannot_be_read_for_now_is_an_error_and_no_problem() {
        AdapterException passing = AdapterException.passing("The disk is busy", null);
        Function<Object[], Object> busy = given -> {
            throw passing;
        };

        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> problems(fixture.start(wiring -> wiring.repository(answering("open", busy)))))
                .isSameAs(passing);
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> problems(fixture.start(reading(busy), wiring -> {})))
                .isSameAs(passing);
    }

    @Test
    void a_manifest_that_was_altered_or_lost_in_the_store_is_found() {
        assertThat(kinds(fixture.start(reading(given -> Optional.empty()), wiring -> {})))
                .containsExactly(Kind.MANIFEST_MISSING);
        assertThat(kinds(fixture.start(reading(given -> Optional.of(Manifest.empty())), wiring -> {})))
                .containsExactly(Kind.MANIFEST_ALTERED);
        assertThat(problems(fixture.start(
                        reading(given -> {
                            throw AdapterException.lasting("It has another content", null);
                        }),
                        wiring -> {})))
                .containsExactly(new VersionProblem(Kind.MANIFEST_ALTERED, "It has another content"));
    }

    @Test
    void kinds_that_are_configured_later_do_not_make_an_older_version_wrong() {
        MemoryItemRepository git = new MemoryItemRepository(fixture.clock);
        git.commitOn("main", Map.of("workflows/a.json", "a", "agents/b.json", "b"));
        Version old = imported(git, ItemKind.of("workflow", "workflows/**"));

        Pipeline more = pipeline(git, ItemKind.of("workflow", "workflows/**"), ItemKind.of("agent", "agents/**"));
        Pipeline other = pipeline(git, ItemKind.of("agent", "agents/**"));
        Pipeline renamed = pipeline(git, ItemKind.of("flow", "workflows/**"));

        for (Pipeline later : List.of(more, other, renamed)) {
            assertThat(later.as(ALICE).versions().verify(old.id())).isEmpty();
            assertThat(deployed(later, old).succeeded()).isTrue();
        }
    }

    @Test
    void an_item_that_the_repository_tells_otherwise_fails_the_deployment_before_anything_is_done() {
        Manifest other = new Manifest(List.of(
                TestForge.item(TestForge.path(101), new byte[1]), TestForge.item(TestForge.path(102), new byte[2])));
        Pipeline pipeline = fixture.start(wiring -> wiring.repository(answering("manifest", given -> other)));

        assertThat(failure(pipeline))
                .contains("Item workflow:workflows/flow-101.json has other bytes")
                .contains("; Item workflow:workflows/flow-102.json has other bytes");
        assertThat(fixture.development.effects()).isEmpty();
    }

    @Test
    void a_repository_that_cannot_tell_all_items_is_asked_for_each_of_them() {
        Function<Object[], Object> broken = given -> {
            throw AdapterException.lasting("Object 123 is missing", null);
        };
        Pipeline oneGone = fixture.start(wiring -> wiring.repository(answering("manifest", broken, "open", given -> {
            throw new NotFoundException("file", given[1].toString());
        })));
        Pipeline allThere = fixture.start(wiring -> wiring.repository(answering("manifest", broken)));

        assertThat(failure(oneGone))
                .contains("flow-101.json is not at commit")
                .contains("flow-102.json is not at commit");
        assertThat(deployed(allThere, version).succeeded()).isTrue();
    }

    @Test
    void of_very_many_problems_the_deployment_tells_some_and_their_number() {
        MemoryItemRepository git = new MemoryItemRepository(fixture.clock);
        git.commitOn(
                "main",
                IntStream.range(0, 25).boxed().collect(Collectors.toMap(i -> "workflows/" + (100 + i), i -> "x" + i)));
        Version many = imported(git, ItemKind.of("workflow", "workflows/**"));
        ItemRepository emptied = around(
                ItemRepository.class,
                around(ItemRepository.class, git, "manifest", given -> Manifest.empty()),
                "open",
                given -> new ByteArrayInputStream(new byte[0]));

        Release failed = deployed(pipeline(emptied, ItemKind.of("workflow", "workflows/**")), many);

        assertThat(failed.state())
                .isInstanceOfSatisfying(
                        ReleaseState.Failed.class,
                        state -> assertThat(state.message())
                                .contains("workflow:workflows/119 has")
                                .doesNotContain("workflow:workflows/120 has")
                                .contains("; and 5 more"));
    }

    private String failure(Pipeline pipeline) {
        Release failed = deployed(pipeline, version);
        assertThat(failed.state()).isInstanceOf(ReleaseState.Failed.class);
        return ((ReleaseState.Failed) failed.state()).message();
    }

    private static Release deployed(Pipeline pipeline, Version version) {
        return pipeline.as(ALICE)
                .releases()
                .deploy(pipeline.as(ALICE)
                        .releases()
                        .request(version.id(), "development")
                        .id())
                .await(PipelineFixture.LONG);
    }

    private Version imported(MemoryItemRepository git, ItemKind kind) {
        git.lightweightTag("v1.0.0", git.resolve("main"));
        return pipeline(git, kind)
                .as(ALICE)
                .versions()
                .importHistory()
                .imported()
                .get(0);
    }

    private Pipeline pipeline(ItemRepository git, ItemKind... kinds) {
        return fixture.build(Pipeline.builder()
                .sourceControl(fixture.forge)
                .repository(git)
                .store(elsewhere)
                .items(kinds)
                .environment("development", fixture.development)
                .clock(fixture.clock));
    }

    private Version twoItems() {
        Pipeline pipeline = fixture.start();
        long first = fixture.merged(pipeline);
        long second = fixture.merged(pipeline);
        ChangeSet set = pipeline.as(ALICE).changeSets().create("Two", editor -> editor.pullRequests(first, second));
        return pipeline.as(ALICE).versions().publish(set.id());
    }

    private List<VersionProblem> problems(Pipeline pipeline) {
        return pipeline.as(ALICE).versions().verify(version.id());
    }

    private List<Kind> kinds(Pipeline pipeline) {
        return problems(pipeline).stream().map(VersionProblem::kind).toList();
    }

    private ItemRepository answering(String method, Function<Object[], Object> answer) {
        return around(ItemRepository.class, fixture.forge, method, answer);
    }

    private ItemRepository answering(
            String method, Function<Object[], Object> answer, String other, Function<Object[], Object> otherAnswer) {
        return around(ItemRepository.class, answering(method, answer), other, otherAnswer);
    }

    private PipelineStore reading(Function<Object[], Object> manifest) {
        PipelineReader reader = around(PipelineReader.class, fixture.memory.reader(), "manifest", manifest);
        return around(PipelineStore.class, fixture.memory, "reader", given -> reader);
    }

    private static <T> T around(Class<T> port, T real, String name, Function<Object[], Object> answer) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, given) -> {
                    if (method.getName().equals(name)) {
                        return answer.apply(given);
                    }
                    try {
                        return method.invoke(real, given);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }
}
