package io.github.releasepipeline.tck;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the facts about a repository share: a fixture for each fact and short ways to write history. */
abstract class RepositoryFacts {
    static final List<ItemKind> KINDS = ItemRepositoryFixture.KINDS;

    ItemRepositoryFixture fixture;
    ItemRepository repository;

    @SuppressWarnings("NullAway.Init") // both fields are set before each fact
    RepositoryFacts() {}

    /** A new, empty repository. */
    protected abstract ItemRepositoryFixture newFixture();

    @BeforeEach
    final void openFixture() {
        fixture = newFixture();
        repository = fixture.repository();
    }

    @AfterEach
    final void closeFixture() {
        fixture.close();
    }

    final CommitId commit(Map<String, String> files, CommitId... parents) {
        return fixture.commit(files, List.of(parents));
    }

    static Item item(String kind, String path, String text) {
        return new Item(new ItemId(kind, path), Digest.of(text));
    }
}
