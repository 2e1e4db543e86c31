package io.github.releasepipeline.target;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.ItemOperation;
import java.io.InputStream;
import java.util.List;

/**
 * The items of one version, with their bytes. Valid during the call it is given to.
 */
public interface Artifacts {
    /** All items. */
    Manifest manifest();

    /** What differs from what the target was last observed to hold. */
    List<ItemOperation> operations();

    /**
     * The bytes of one item; the caller closes the stream. Their digest is the item's: the target may check.
     *
     * @throws NotFoundException if the manifest has no such item
     */
    InputStream open(ItemId item);
}
