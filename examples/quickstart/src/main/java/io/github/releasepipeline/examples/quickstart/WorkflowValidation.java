package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A quality gate: every workflow is a graph whose edges lead from node to node and never in a circle. */
final class WorkflowValidation implements QualityGate {
    @Override
    public String name() {
        return "workflow-validation";
    }

    @Override
    public GateResult evaluate(GateContext context) {
        List<Item> workflows = context.artifacts().manifest().items().stream()
                .filter(item -> item.id().kind().equals("workflow"))
                .toList();
        List<String> problems = new ArrayList<>();
        for (Item workflow : workflows) {
            try (InputStream json = context.artifacts().open(workflow.id())) {
                Optional<String> problem = Workflow.problem(json.readAllBytes());
                problem.ifPresent(why -> problems.add(workflow.id().name() + ": " + why));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        ItemCounts counts =
                ItemCounts.of(workflows.stream().map(item -> item.id().kind()).toList());
        return problems.isEmpty()
                ? GateResult.passed("Workflow validation passed (" + counts + ")")
                : GateResult.failed("Workflow validation failed: " + String.join("; ", problems));
    }
}
