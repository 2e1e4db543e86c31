package io.github.releasepipeline.release;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.version.VersionId;
import java.util.Optional;

/**
 * A plan without the single items.
 *
 * @param digest digest of the whole plan
 * @param observed digest of what the environment held when it was made
 * @param created how many items of each kind will be created
 * @param updated how many items of each kind will be updated
 * @param deleted how many items of each kind will be deleted
 * @param rollbackTarget the version a rollback would go back to; absent if there is none
 */
public record PlanSummary(
        Digest digest,
        Digest observed,
        ItemCounts created,
        ItemCounts updated,
        ItemCounts deleted,
        Optional<VersionId> rollbackTarget) {}
