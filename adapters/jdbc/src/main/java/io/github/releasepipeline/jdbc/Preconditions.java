package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.target.StepLog;
import io.github.releasepipeline.target.StepOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks whether an environment has what it needs around it, and tells of each. */
final class Preconditions {
    private final Map<String, Precondition> preconditions;
    private final StepLog log;

    Preconditions(Map<String, Precondition> preconditions, StepLog log) {
        this.preconditions = preconditions;
        this.log = log;
    }

    StepOutcome check() {
        String first = "";
        for (Map.Entry<String, Precondition> precondition : preconditions.entrySet()) {
            Optional<String> problem =
                    ItemCheck.problem(() -> precondition.getValue().problem());
            if (problem.isPresent()) {
                String line = precondition.getKey() + " failed: " + problem.get();
                log.error(line);
                first = first.isEmpty() ? line : first;
            } else {
                log.success(precondition.getKey() + " verified");
            }
        }
        return first.isEmpty()
                ? new StepOutcome.Done("Database connection healthy")
                : new StepOutcome.Failed(FailureKind.ERRORED, first, List.of());
    }
}
