package io.github.releasepipeline.tck;

import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.ItemOperation;
import io.github.releasepipeline.target.Artifacts;
import java.io.InputStream;
import java.util.List;

/**
 * Artifacts with something in the way of each item that is opened.
 *
 * @param artifacts what is read
 * @param obstacle runs before an item is opened; may block or throw
 */
record HeldUpArtifacts(Artifacts artifacts, Runnable obstacle) implements Artifacts {
    @Override
    public Manifest manifest() {
        return artifacts.manifest();
    }

    @Override
    public List<ItemOperation> operations() {
        return artifacts.operations();
    }

    @Override
    public InputStream open(ItemId item) {
        obstacle.run();
        return artifacts.open(item);
    }
}
