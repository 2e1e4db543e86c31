package io.github.releasepipeline.target;

import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ItemOperation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * For targets that cannot take all items at once: writes one item after the other, and if one fails, puts back in reverse
 * order what was written, that one included, for it may be half written. What cannot be put back is told item by item.
 */
public final class ItemByItem {
    /** Nobody reads more lines of success than this. */
    private static final int LINES = 1000;

    private ItemByItem() {}

    /** Where the items are. Called on the thread of {@link #bringIn}, one item at a time. */
    public interface Place {
        /**
         * Creates, updates or deletes one item. What was there must be kept so that it can be put back.
         *
         * @return why the version is to blame if it does not go; empty if it is done
         * @throws IOException if the infrastructure is; any exception means the same
         */
        Optional<String> write(ItemOperation operation, Artifacts artifacts) throws IOException;

        /**
         * Makes one item as it was before {@link #write}, which may not have come to its end, or not have begun. Repeating it
         * does no harm.
         *
         * @throws IOException if it does not work; any exception means the same
         */
        void putBack(ItemOperation operation) throws IOException;
    }

    /** Does all that differs from what the target was observed to hold: the work of {@link DeploymentTarget#stage}. */
    public static StepOutcome bringIn(Artifacts artifacts, Place place, StepLog log) {
        List<ItemOperation> begun = new ArrayList<>();
        for (ItemOperation operation : artifacts.operations()) {
            begun.add(operation);
            Optional<StepOutcome.Failed> failed = write(operation, artifacts, place);
            if (failed.isPresent()) {
                log.error(failed.get().message());
                return new StepOutcome.Failed(
                        failed.get().failure(), failed.get().message(), putBack(begun, place, log));
            }
            if (begun.size() <= LINES) {
                log.success(operation.done());
            }
        }
        if (begun.size() > LINES) {
            log.success("… and " + (begun.size() - LINES) + " items more");
        }
        return new StepOutcome.Done(artifacts.manifest().counts() + " staged");
    }

    /**
     * Puts items back in reverse order, as far as that works. Also for a target that finds, when it is asked about a call,
     * that the call was broken off.
     *
     * @return the items that could not be put back
     */
    public static List<ItemId> putBack(List<ItemOperation> begun, Place place, StepLog log) {
        List<ItemId> unrestored = new ArrayList<>();
        for (int i = begun.size() - 1; i >= 0; i--) {
            ItemId item = begun.get(i).id();
            try {
                place.putBack(begun.get(i));
            } catch (IOException | RuntimeException | LinkageError e) {
                log.error("Could not put back " + name(item) + ": " + e.getMessage());
                unrestored.add(item);
            }
        }
        int restored = begun.size() - unrestored.size();
        log.warning("Put back " + restored + " of " + begun.size() + (begun.size() == 1 ? " item" : " items"));
        return List.copyOf(unrestored);
    }

    private static Optional<StepOutcome.Failed> write(ItemOperation operation, Artifacts artifacts, Place place) {
        try {
            return place.write(operation, artifacts).map(why -> failed(FailureKind.FAILED, operation, why));
        } catch (IOException | RuntimeException | LinkageError e) {
            return Optional.of(failed(FailureKind.ERRORED, operation, String.valueOf(e.getMessage())));
        }
    }

    private static StepOutcome.Failed failed(FailureKind kind, ItemOperation operation, String why) {
        return new StepOutcome.Failed(kind, name(operation.id()) + ": " + why, List.of());
    }

    private static String name(ItemId item) {
        return item.kind() + " " + item.name();
    }
}
