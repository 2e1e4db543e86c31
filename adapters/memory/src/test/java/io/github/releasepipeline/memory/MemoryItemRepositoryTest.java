package io.github.releasepipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.tck.ItemRepositoryContract;
import io.github.releasepipeline.tck.ItemRepositoryFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryItemRepositoryTest extends ItemRepositoryContract {
    @Test
    void an_item_is_followed_through_all_the_names_it_had_on_the_way() {
        MemoryItemRepository repository = new MemoryItemRepository(SettableClock.at("2026-03-01T10:00:00Z"));
        CommitId base = repository.commit(Map.of("a.json", "one\ntwo\nthree\n"), List.of());
        CommitId first = repository.commit(Map.of("b.json", "one\ntwo\nthree\n"), List.of(base));
        CommitId edit = repository.commit(Map.of("b.json", "one\ntwo\nthree\nfour\n"), List.of(first));
        CommitId second = repository.commit(Map.of("c.json", "one\ntwo\nthree\nfour\n"), List.of(edit));

        assertThat(repository.origins(Optional.of(base), second, List.of(), List.of(ItemKind.of("item", "*.json"))))
                .singleElement()
                .satisfies(origin -> assertThat(origin.direct()).containsExactly(second, edit, first));
    }

    @Override
    protected ItemRepositoryFixture newFixture() {
        SettableClock clock = SettableClock.at("2026-03-01T10:00:00Z");
        MemoryItemRepository repository = new MemoryItemRepository(clock);
        return new ItemRepositoryFixture() {
            @Override
            public ItemRepository repository() {
                return repository;
            }

            @Override
            public CommitId commit(Map<String, String> files, List<CommitId> parents) {
                clock.advance(Duration.ofSeconds(1));
                return repository.commit(files, parents);
            }

            @Override
            public void branch(String name, CommitId at) {
                repository.branch(name, at);
            }

            @Override
            public void lightweightTag(String name, CommitId at) {
                repository.lightweightTag(name, at);
            }

            @Override
            public void close() {}
        };
    }
}
