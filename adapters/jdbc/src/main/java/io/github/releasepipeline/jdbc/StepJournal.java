package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.json.ModelJson;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries a call out once. The fencing token is compared and raised, the effect happens and the answer is recorded in one
 * transaction that holds the environment's row.
 */
final class StepJournal {
    private final Database database;
    private final String environment;

    StepJournal(Database database, String environment) {
        this.database = database;
        this.environment = environment;
    }

    /** What an effect finds and changes. */
    record Moment(Sql sql, Pointers pointers) {}

    StepOutcome once(StepCall call, Function<Moment, StepOutcome> effect) {
        return database.transact(sql -> {
            Pointers pointers = Pointers.lock(sql, environment);
            Optional<StepOutcome> decided = decided(sql, pointers, call);
            if (decided.isPresent()) {
                return decided.get();
            }
            StepOutcome outcome = effect.apply(new Moment(sql, pointers));
            sql.update(
                    call.attemptKey(),
                    "insert into release_pipeline_target_journal"
                            + " (environment, attempt_key, position, step, fencing_token, outcome, recorded_at)"
                            + " values (:environment, :key, (select coalesce(max(position), 0) + 1"
                            + " from release_pipeline_target_journal where environment = :environment),"
                            + " :step, :token, :outcome, :recorded_at)",
                    key(call.attemptKey())
                            .and("step", call.step().name())
                            .and("token", call.fencingToken())
                            .and("outcome", ModelJson.write(outcome))
                            .and("recorded_at", Micros.of(Instant.now())));
            return outcome;
        });
    }

    /** The answer of a call that needs no work: it is too old, or was answered before. Raises the token. */
    Optional<StepOutcome> decided(StepCall call) {
        return database.transact(sql -> decided(sql, Pointers.lock(sql, environment), call));
    }

    Probe probe(String attemptKey, long token) {
        return database.transact(sql -> {
            Pointers.lock(sql, environment).raise(sql, token);
            return recorded(sql, attemptKey).<Probe>map(Probe.Ended::new).orElseGet(Probe.NotDone::new);
        });
    }

    private Optional<StepOutcome> decided(Sql sql, Pointers pointers, StepCall call) {
        if (call.fencingToken() < pointers.newestToken()) {
            return Optional.of(new StepOutcome.Fenced(pointers.newestToken()));
        }
        pointers.raise(sql, call.fencingToken());
        return recorded(sql, call.attemptKey());
    }

    private Optional<StepOutcome> recorded(Sql sql, String attemptKey) {
        return sql.first(
                "select outcome from release_pipeline_target_journal"
                        + " where environment = :environment and attempt_key = :key",
                key(attemptKey),
                row -> ModelJson.read(StepOutcome.class, row.getString(1)));
    }

    private Row key(String attemptKey) {
        return Row.of("environment", environment).and("key", Escaped.key(attemptKey));
    }
}
