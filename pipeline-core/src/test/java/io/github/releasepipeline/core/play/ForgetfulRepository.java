package io.github.releasepipeline.core.play;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.source.ChangeOrigin;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagOutcome;
import io.github.releasepipeline.source.TagRequest;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The reference repository; on order, it makes a tag and its answer does not come back. */
final class ForgetfulRepository implements ItemRepository {
    private final MemoryItemRepository repository;
    private boolean replyLost;

    ForgetfulRepository(MemoryItemRepository repository) {
        this.repository = repository;
    }

    void loseReply() {
        replyLost = true;
    }

    @Override
    public TagOutcome createTag(TagRequest request) {
        TagOutcome outcome = repository.createTag(request);
        if (replyLost) {
            replyLost = false;
            throw AdapterException.passing("The connection broke before the answer came", null);
        }
        return outcome;
    }

    @Override
    public CommitId resolve(String revision) {
        return repository.resolve(revision);
    }

    @Override
    public Manifest manifest(CommitId commit, List<ItemKind> kinds) {
        return repository.manifest(commit, kinds);
    }

    @Override
    public List<ItemChange> changes(Optional<CommitId> from, CommitId to, List<ItemKind> kinds) {
        return repository.changes(from, to, kinds);
    }

    @Override
    public List<ChangeOrigin> origins(
            Optional<CommitId> from, CommitId to, Collection<MergedRange> merges, List<ItemKind> kinds) {
        return repository.origins(from, to, merges, kinds);
    }

    @Override
    public boolean isAncestor(CommitId ancestor, CommitId descendant) {
        return repository.isAncestor(ancestor, descendant);
    }

    @Override
    public List<Tag> tags() {
        return repository.tags();
    }

    @Override
    public InputStream open(CommitId commit, String path) {
        return repository.open(commit, path);
    }
}
