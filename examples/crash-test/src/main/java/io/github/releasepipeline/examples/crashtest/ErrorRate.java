package io.github.releasepipeline.examples.crashtest;

import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import java.util.concurrent.ThreadLocalRandom;

/** Says now and then that what is tried out is bad. */
final class ErrorRate implements QualityGate {
    private static final int ONE_IN = 8;

    @Override
    public String name() {
        return "error rate";
    }

    @Override
    public GateResult evaluate(GateContext context) {
        return ThreadLocalRandom.current().nextInt(ONE_IN) == 0
                ? GateResult.failed("5 % of the executions fail")
                : GateResult.passed("0 % of the executions fail");
    }
}
