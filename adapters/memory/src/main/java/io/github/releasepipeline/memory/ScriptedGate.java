package io.github.releasepipeline.memory;

import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/** A gate that judges by a function, or as it was told for the next time. Thread-safe. */
public final class ScriptedGate implements QualityGate {
    private final String name;
    private final Function<GateContext, GateResult> judgement;
    private final Queue<Function<GateContext, GateResult>> next = new ArrayDeque<>();
    private final List<GateContext> judged = new ArrayList<>();

    /** A gate that judges by a function, if it was not told otherwise. */
    public ScriptedGate(String name, Function<GateContext, GateResult> judgement) {
        this.name = name;
        this.judgement = judgement;
    }

    /** A gate that accepts everything, if it was not told otherwise. */
    public static ScriptedGate passing(String name) {
        return new ScriptedGate(name, context -> GateResult.passed(name + " passed"));
    }

    /** What it says the next time; after that, what it says the time after. */
    public ScriptedGate answerNext(GateResult result) {
        return next(context -> result);
    }

    /** The next time it throws. */
    public ScriptedGate throwNext(RuntimeException error) {
        return next(context -> {
            throw error;
        });
    }

    /** The next time it judges so; the function may block. */
    public synchronized ScriptedGate next(Function<GateContext, GateResult> once) {
        next.add(once);
        return this;
    }

    /** What it was asked to judge, oldest first. The artifacts in it are valid only during the judgement. */
    public synchronized List<GateContext> judged() {
        return List.copyOf(judged);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public GateResult evaluate(GateContext context) {
        return ordered(context).apply(context);
    }

    private synchronized Function<GateContext, GateResult> ordered(GateContext context) {
        judged.add(context);
        return Optional.ofNullable(next.poll()).orElse(judgement);
    }
}
