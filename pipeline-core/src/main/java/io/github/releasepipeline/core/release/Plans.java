package io.github.releasepipeline.core.release;

import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.ItemOperation;
import io.github.releasepipeline.release.Plan;
import io.github.releasepipeline.release.Rollbackability;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes plans. */
public final class Plans {
    private static final int MOST_NAMED = 5;

    private Plans() {}

    /**
     * What a release would do.
     *
     * @param version what it brings
     * @param wanted that version's manifest
     * @param observed what the environment holds
     */
    public static Plan plan(
            Version version,
            Manifest wanted,
            Manifest observed,
            EnvironmentPolicy policy,
            Optional<VersionId> rollbackTarget) {
        return new Plan(
                version.id(),
                version.manifest(),
                observed.digest(),
                operations(wanted, observed),
                Stream.concat(
                                policy.gates().stream(),
                                policy.steps().canary().stream().flatMap(canary -> canary.gates().stream()))
                        .map(GatePolicy::name)
                        .toList(),
                policy.approvals(),
                rollbackTarget);
    }

    /**
     * Whether a deployment could be rolled back.
     *
     * @param others the other versions that are or were active, newest first; read only as far as one can be gone back to
     */
    public static Rollbackability rollbackability(Stream<Version> others) {
        List<String> unfit = new ArrayList<>();
        for (Iterator<Version> rest = others.iterator(); rest.hasNext(); ) {
            Version other = rest.next();
            VersionState.Kind state = other.state().kind();
            if (state == VersionState.Kind.PUBLISHED) {
                return new Rollbackability.Possible(other.id(), other.number());
            }
            unfit.add(other.number() + " is " + state);
        }
        return new Rollbackability.Impossible(
                unfit.isEmpty()
                        ? "No other version has been active in this environment"
                        : "No other version that has been active in this environment can be gone back to: "
                                + unfit.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")));
    }

    /** Whether the backup step of a deployment captures something to go back to, and why. */
    public static Condition backup(Manifest observed) {
        return observed.items().isEmpty()
                ? Condition.note("plan.backup", "There is nothing in the environment to back up")
                : Condition.met(
                        "plan.backup",
                        "What the environment holds (" + observed.counts()
                                + ") is backed up before anything is deployed");
    }

    /** The operations that make {@code wanted} of {@code observed}, in canonical order of the path. */
    public static List<ItemOperation> operations(Manifest wanted, Manifest observed) {
        Map<String, Item> before = observed.byPath();
        Map<String, Item> after = wanted.byPath();
        List<Item> union = new ArrayList<>(wanted.items());
        observed.items().stream()
                .filter(item -> !after.containsKey(item.id().path()))
                .forEach(union::add);
        List<ItemOperation> operations = new ArrayList<>();
        for (Item item : new Manifest(union).items()) {
            operation(
                            Optional.ofNullable(before.get(item.id().path())),
                            Optional.ofNullable(after.get(item.id().path())))
                    .ifPresent(operations::add);
        }
        return operations;
    }

    private static Optional<ItemOperation> operation(Optional<Item> before, Optional<Item> after) {
        if (before.equals(after)) {
            return Optional.empty();
        }
        if (after.isEmpty()) {
            return before.map(item -> new ItemOperation(ItemOperation.Type.DELETE, item.id(), Optional.empty()));
        }
        ItemOperation.Type type = before.isEmpty() ? ItemOperation.Type.CREATE : ItemOperation.Type.UPDATE;
        return after.map(item -> new ItemOperation(type, item.id(), Optional.of(item.digest())));
    }
}
