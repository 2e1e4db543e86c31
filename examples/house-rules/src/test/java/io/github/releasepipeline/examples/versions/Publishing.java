package io.github.releasepipeline.examples.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.attestation.KeySigner;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jgit.GitPullRequests;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.memory.CrashPoints;
import io.github.releasepipeline.policy.Stowaways;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Nodes with a clone each, one remote and one store. Tagging has a point of its own between the tag in the clone and its push.
 */
final class Publishing implements AutoCloseable {
    /** Clones: of one name, because that is the repository's. */
    static final String ONE = "one/flows.git";

    static final String TWO = "two/flows.git";

    private static final List<ItemKind> KINDS = List.of(ItemKind.of("workflow", "workflows/**"));

    private final Path folder;
    private final PipelineStore store;
    private final KeySigner key;
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** @param template a folder with the repository {@code origin.git} and clones of it */
    Publishing(Path template, Path folder, PipelineStore store, KeySigner key) throws IOException {
        Git.copy(template, folder);
        this.folder = folder;
        this.store = store;
        this.key = key;
    }

    /** A remote with two merged pull requests, and two clones of it. */
    static void template(Path folder) throws IOException {
        Git origin = Git.bare(folder.resolve("origin.git"));
        origin.fastImport(new FastImport()
                .merge(1, "workflows/a.json", "{\"a\":1}")
                .merge(2, "workflows/b.json", "{\"b\":2}")
                .toString());
        for (String clone : List.of(ONE, TWO)) {
            new Git(folder).run("clone", "-q", "--bare", "origin.git", clone);
        }
    }

    /** A node on one of the clones. */
    ActingPipeline node(String clone, CrashPoints process) {
        GitRepository local = GitRepository.at(folder.resolve(clone));
        GitRepository pushing = GitRepository.at(folder.resolve(clone))
                .pushingTagsTo(folder.resolve("origin.git").toUri().toString());
        opened.add(local);
        opened.add(pushing);
        Pipeline pipeline = Pipeline.builder()
                .sourceControl(GitPullRequests.of(local, Optional.of("main"), KINDS))
                .repository(inTwoSteps(process, local, process.repository(pushing)))
                .store(process.store(store))
                .items(KINDS.toArray(ItemKind[]::new))
                .stowaways(Stowaways.WARN)
                .attest(key)
                .build();
        return pipeline.as(Actor.user("alice"));
    }

    private static ItemRepository inTwoSteps(CrashPoints process, ItemRepository local, ItemRepository pushing) {
        return (ItemRepository) Proxy.newProxyInstance(
                ItemRepository.class.getClassLoader(),
                new Class<?>[] {ItemRepository.class},
                (proxy, method, given) -> {
                    try {
                        if (method.getName().equals("createTag")) {
                            process.point();
                            method.invoke(local, given);
                        }
                        return method.invoke(pushing, given);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    ChangeSet set(long number) {
        ActingPipeline alice = node(ONE, CrashPoints.counting());
        alice.pullRequests().synchronize();
        return alice.changeSets().create("Set " + number, set -> set.pullRequests(number));
    }

    /** Publishes at the tip, so that versions can come in any order. */
    static Version publish(ActingPipeline node, ChangeSet set) {
        return node.versions().publish(List.of(set.id()), wishes -> wishes.commit("main"));
    }

    /** Another node mends what is left and publishes what is not begun; then all is as if nothing had happened. */
    void endsWell(ChangeSet... sets) {
        ActingPipeline node = node(TWO, CrashPoints.counting());
        versions(node, VersionState.Kind.DRAFT)
                .forEach(draft -> node.versions().publish(draft.changeSets(), wishes -> {}));
        for (ChangeSet set : sets) {
            if (node.changeSets().get(set.id()).state().kind() == ChangeSetState.Kind.READY) {
                publish(node, set);
            }
            assertThat(node.changeSets().get(set.id()).state().kind()).isEqualTo(ChangeSetState.Kind.VERSIONED);
        }
        List<Version> published = versions(node, VersionState.Kind.values());
        assertThat(published).hasSize(sets.length).allSatisfy(version -> {
            assertThat(version.state().kind()).isEqualTo(VersionState.Kind.PUBLISHED);
            assertThat(node.versions().attestation(version.id())).isPresent();
        });
        assertThat(published).flatExtracting(Version::changeSets).doesNotHaveDuplicates();
        assertThat(new Git(folder.resolve("origin.git"))
                        .run("for-each-ref", "--format=%(refname:short) %(*objectname)", "refs/tags")
                        .lines())
                .containsExactlyInAnyOrderElementsOf(published.stream()
                        .map(version -> version.number().tag() + " " + version.commit())
                        .toList());
        assertThat(node.audit().verify().problems()).isEmpty();
    }

    private static List<Version> versions(ActingPipeline node, VersionState.Kind... kinds) {
        return node.versions()
                .list(PipelineFilter.all().versions(Arrays.copyOf(kinds, kinds.length)), PageRequest.first(50))
                .rows();
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }
}
