package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.release.ItemOperation;
import io.github.releasepipeline.target.StepLog;
import java.util.List;

/** Tells what was done to each item: {@code Updated workflow: invoice-classification}. */
final class OperationLines {
    /** Nobody reads more lines than this. */
    private static final int MAX = 1000;

    private OperationLines() {}

    static void tell(List<ItemOperation> operations, StepLog log) {
        operations.stream().limit(MAX).forEach(operation -> log.success(operation.done()));
        if (operations.size() > MAX) {
            log.success("… and " + (operations.size() - MAX) + " items more");
        }
    }
}
