package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.version.VersionId;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A decision upon what a release would do now. A plan is made outside the transaction, because the target has to be asked for
 * it; the transaction compares what it was made of, and if that has changed it is made anew and decided upon again.
 *
 * @param version what the release brings
 * @param policy what the release has to meet, as far as is remembered
 */
record PlannedDecision(
        Wiring wiring, WiredEnvironment wired, VersionId version, Function<Memory, EnvironmentPolicy> policy) {
    /** @param decide gets the plan, and may be asked several times */
    Release make(Actor actor, Optional<String> reason, BiFunction<UnitOfWork, PlanSummary, Release> decide) {
        Optional<Release> decided = decided(new Memory.Seen(wiring.engine()), actor, reason, decide);
        while (decided.isEmpty()) {
            decided = decided(new Memory.Outside(wiring.engine()), actor, reason, decide);
        }
        return decided.get();
    }

    /** Empty if what the plan was made of is not so any more; then nothing was recorded. */
    private Optional<Release> decided(
            Memory memory, Actor actor, Optional<String> reason, BiFunction<UnitOfWork, PlanSummary, Release> decide) {
        Environment remembered = memory.environment(wired.name());
        EnvironmentPolicy demanded = policy.apply(memory);
        PlanSummary plan = wiring.planner()
                .plan(memory.get(version), wired, demanded, remembered)
                .summary();
        return wiring.engine().execute(actor, reason, unit -> {
            Memory now = new Memory.Within(unit);
            boolean same = now.environment(wired.name()).active().equals(remembered.active())
                    && policy.apply(now).equals(demanded);
            return same ? Optional.of(decide.apply(unit, plan)) : Optional.empty();
        });
    }
}
