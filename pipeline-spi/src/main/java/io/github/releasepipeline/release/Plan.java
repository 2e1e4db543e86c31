package io.github.releasepipeline.release;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.subject.CanonicalJson;
import io.github.releasepipeline.version.VersionId;
import java.util.List;
import java.util.Optional;

/**
 * What a release would do, against what was observed in the environment.
 *
 * @param version the version it brings
 * @param manifest digest of that version's manifest
 * @param observed digest of what the environment holds now
 * @param operations item by item, in canonical order of the path
 * @param gates names of the gates that will be asked, those of a canary last
 * @param approvals what has to be approved
 * @param rollbackTarget the version a rollback would go back to; absent if there is none
 */
public record Plan(
        VersionId version,
        Digest manifest,
        Digest observed,
        List<ItemOperation> operations,
        List<String> gates,
        List<ApprovalRule> approvals,
        Optional<VersionId> rollbackTarget) {
    /** Copies the lists. */
    public Plan {
        operations = List.copyOf(operations);
        gates = List.copyOf(gates);
        approvals = List.copyOf(approvals);
    }

    /** SHA-256 over the canonical JSON of this plan. Approvals are bound to it. */
    public Digest digest() {
        return Digest.of(CanonicalJson.write(this));
    }

    /** The plan without the single items, as a release keeps it. */
    public PlanSummary summary() {
        return new PlanSummary(
                digest(),
                observed,
                count(ItemOperation.Type.CREATE),
                count(ItemOperation.Type.UPDATE),
                count(ItemOperation.Type.DELETE),
                rollbackTarget);
    }

    private ItemCounts count(ItemOperation.Type type) {
        return ItemCounts.of(operations.stream()
                .filter(operation -> operation.type() == type)
                .map(operation -> operation.id().kind())
                .toList());
    }
}
