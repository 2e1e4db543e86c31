package io.github.releasepipeline.tck;

import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import java.util.List;
import java.util.Map;

/** An empty repository, and what {@link ItemRepositoryContract} needs to write a history into it. */
public interface ItemRepositoryFixture extends AutoCloseable {
    /** The kinds that the facts use. */
    List<ItemKind> KINDS =
            List.of(ItemKind.of("workflow", "workflows/**/*.json"), ItemKind.of("agent", "agents/**/*.json"));

    /** The port under test. The same one at each call. */
    ItemRepository repository();

    /**
     * Writes a commit. Two commits are never the same one, even with the same content and parents, and later ones have
     * later times.
     *
     * @param files the whole tree: path to text, stored as UTF-8
     * @param parents first parent first; none for a root commit
     */
    CommitId commit(Map<String, String> files, List<CommitId> parents);

    /** Makes a branch or moves it. */
    void branch(String name, CommitId at);

    /** Makes a tag that is only a name, without a message. */
    void lightweightTag(String name, CommitId at);

    @Override
    void close();
}
