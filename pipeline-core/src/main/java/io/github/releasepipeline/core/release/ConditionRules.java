package io.github.releasepipeline.core.release;

import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.release.Condition;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What conditions mean for a command: it is refused by the first that is not met. */
final class ConditionRules {
    private ConditionRules() {}

    /** The refusal by the first unmet condition; empty if all are met. */
    static Optional<Decision> refusal(List<Condition> conditions) {
        return conditions.stream()
                .filter(Condition::isUnmet)
                .findFirst()
                .map(unmet -> Decision.refuse(
                        unmet.code(), unmet.text(), unmet.remedies().toArray(String[]::new)));
    }

    /** The decision if all conditions are met, otherwise the refusal. */
    static Decision decide(List<Condition> conditions, Supplier<Decision> accepted) {
        return refusal(conditions).orElseGet(accepted);
    }

    /** A refusal as a condition; met, with a text, if there is none. */
    static Condition of(String code, Optional<Decision> refusal, String met) {
        return refusal.filter(Decision.Refused.class::isInstance)
                .map(Decision.Refused.class::cast)
                .map(refused -> Condition.unmet(
                        refused.rule(), refused.message(), refused.allowed().toArray(String[]::new)))
                .orElseGet(() -> Condition.met(code, met));
    }
}
