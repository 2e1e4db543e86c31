package io.github.releasepipeline.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.difference.NotedItem;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemorySourceControl;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.source.FileComparer;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.PullRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    private static final Map<String, String> BEFORE = Map.of("workflows/a.json", "1", "workflows/b.json", "1");
    private static final Map<String, String> AFTER = Map.of("workflows/a.json", "2", "workflows/b.json", "2");

    private final SettableClock clock = SettableClock.at("2024-03-19T14:23:15Z");
    private final MemoryItemRepository memory = new MemoryItemRepository(clock);
    private final List<String> asked = new ArrayList<>();

    @Test
    void where_the_sides_are_is_asked_once_for_all_items() {
        assertThat(noted("nothing")).extracting(NotedItem::note).containsOnly("Modified (+1 −1 lines)");

        assertThat(asked).containsOnlyOnce("mergeBase", "resolve");
    }

    @Test
    void a_remote_that_is_away_is_waited_for_once() {
        assertThat(noted("mergeBase")).extracting(NotedItem::note).containsOnly("Modified (not compared: away)");

        assertThat(asked).containsOnlyOnce("mergeBase");
    }

    private List<NotedItem> noted(String broken) {
        MemorySourceControl forge =
                new MemorySourceControl("acme/flows", memory, List.of(ItemKind.of("workflow", "workflows/**")), clock);
        memory.commitOn("main", BEFORE);
        PullRequest opened = forge.pullRequest(forge.open("Change", "alice", List.of(), AFTER))
                .pullRequest();
        return new Differences(watched(broken), Optional.empty()).noted(opened);
    }

    private ItemRepository watched(String broken) {
        return (ItemRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ItemRepository.class, FileComparer.class},
                (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    if (method.getName().equals(broken)) {
                        throw AdapterException.passing("away", null);
                    }
                    try {
                        return method.invoke(memory, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
