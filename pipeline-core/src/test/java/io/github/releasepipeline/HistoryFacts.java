package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.memory.CrashPoints;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.memory.MemorySourceControl;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagRequest;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.Window;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;

/** A repository that was released by hand, and nodes that import its history. */
class HistoryFacts {
    static final Actor ALICE = Actor.user("alice");
    static final Instant MARCH = Instant.parse("2026-03-10T12:00:00Z");

    final SettableClock clock = SettableClock.at("2026-03-10T12:00:00Z");
    final MemoryItemRepository git = new MemoryItemRepository(clock);
    final MemorySourceControl forge =
            new MemorySourceControl("acme/flows", git, List.of(ItemKind.of("workflow", "workflows/**")), clock);
    final MemoryPipelineStore store = new MemoryPipelineStore();
    final ScriptedTarget production = new ScriptedTarget();
    private final List<Pipeline> started = new ArrayList<>();

    HistoryFacts() {
        git.commitOn("main", Map.of("workflows/a.json", "1"));
    }

    @AfterEach
    void close() {
        started.forEach(Pipeline::close);
    }

    final Optional<String> previous(String tag) {
        ActingPipeline alice = start();
        return alice.versions()
                .tagged(tag)
                .orElseThrow()
                .previous()
                .map(id -> alice.versions().get(id).number().tag());
    }

    final void tag(String name, String branch, String message) {
        CommitId at = git.resolve(branch);
        git.createTag(new TagRequest(name, at, message, Actor.user("tim"), clock.instant()));
    }

    final long merged(String path) {
        long number = forge.open("Merged", "bob", List.of(), Map.of(path, "new"));
        forge.mergeElsewhere(number, "bob");
        return number;
    }

    final ActingPipeline start() {
        return start(store, git);
    }

    final ActingPipeline start(PipelineStore on, ItemRepository repository) {
        return build(wiring(on, repository)).as(ALICE);
    }

    final PipelineBuilder wiring(PipelineStore on, ItemRepository repository) {
        return Pipeline.builder()
                .sourceControl(forge)
                .repository(repository)
                .store(on)
                .items(ItemKind.of("workflow", "workflows/**"))
                .environment("production", production, env -> env.tier(Tier.PRODUCTION))
                .clock(clock)
                .maintainedByHost();
    }

    final Pipeline build(PipelineBuilder wiring) {
        Pipeline pipeline = wiring.build();
        started.add(pipeline);
        return pipeline;
    }

    static boolean dies(Runnable work) {
        try {
            work.run();
            return false;
        } catch (CrashPoints.Crash e) {
            return true;
        }
    }

    final ItemRepository failing(CommitId at, AdapterException failure) {
        return answering((method, given) -> {
            if (method.equals("manifest") && given[0].equals(at)) {
                throw failure;
            }
            return Optional.empty();
        });
    }

    /** No tag can be made. */
    final ItemRepository untagged() {
        return answering((method, given) -> {
            if (method.equals("createTag")) {
                throw AdapterException.passing("down", null);
            }
            return Optional.empty();
        });
    }

    /** Once, while the manifest of a commit is read, something else happens. */
    final ItemRepository meanwhile(CommitId at, Runnable event) {
        AtomicReference<Runnable> once = new AtomicReference<>(event);
        return answering((method, given) -> {
            if (method.equals("manifest") && given[0].equals(at)) {
                once.getAndSet(() -> {}).run();
            }
            return Optional.empty();
        });
    }

    /** The repository with these tags. */
    final ItemRepository tagged(Tag... tags) {
        return answering((method, given) -> method.equals("tags") ? Optional.of(List.of(tags)) : Optional.empty());
    }

    private ItemRepository answering(BiFunction<String, Object[], Optional<Object>> answer) {
        return (ItemRepository) Proxy.newProxyInstance(
                ItemRepository.class.getClassLoader(),
                new Class<?>[] {ItemRepository.class},
                (proxy, method, given) -> {
                    Optional<Object> answered = answer.apply(method.getName(), given);
                    try {
                        return answered.isPresent() ? answered.get() : method.invoke(git, given);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    static Window window(String from, String to) {
        return new Window(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
    }
}
