package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.ItemOperation;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.target.Artifacts;
import java.io.InputStream;
import java.util.List;

/** A version's items, with their bytes out of Git. */
final class StoredArtifacts implements Artifacts {
    private final Manifest manifest;
    private final List<ItemOperation> operations;
    private final CommitId commit;
    private final ItemRepository repository;

    StoredArtifacts(Manifest manifest, List<ItemOperation> operations, CommitId commit, ItemRepository repository) {
        this.manifest = manifest;
        this.operations = List.copyOf(operations);
        this.commit = commit;
        this.repository = repository;
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public List<ItemOperation> operations() {
        return operations;
    }

    @Override
    public InputStream open(ItemId item) {
        return repository.open(commit, item.path());
    }
}
