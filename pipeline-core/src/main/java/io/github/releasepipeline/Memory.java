package io.github.releasepipeline;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.release.RequestRules;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.SubjectId;
import java.util.Optional;

/** What is remembered: within a transaction, as it is now, or as it was seen last. */
sealed interface Memory {
    <S> Optional<S> find(SubjectId<S> id);

    /** Within a transaction, with what was recorded there. */
    record Within(UnitOfWork unit) implements Memory {
        @Override
        public <S> Optional<S> find(SubjectId<S> id) {
            return unit.find(id);
        }
    }

    /** Read one by one. */
    record Outside(Engine engine) implements Memory {
        @Override
        public <S> Optional<S> find(SubjectId<S> id) {
            return engine.reader().find(id).map(Stored::snapshot);
        }
    }

    /** As this node saw it last: for what a transaction compares before anything comes of it. */
    record Seen(Engine engine) implements Memory {
        @Override
        public <S> Optional<S> find(SubjectId<S> id) {
            return engine.reader().seen(id).map(Stored::snapshot);
        }
    }

    default <S> S get(SubjectId<S> id) {
        return find(id).orElseThrow(() -> new NotFoundException(id.type(), id.value()));
    }

    default Environment environment(EnvironmentName name) {
        return find(new EnvironmentId(name)).orElse(Environment.fresh(name));
    }

    default Optional<RequestRules.UpstreamFacts> upstream(EnvironmentPolicy policy) {
        return RequestRules.UpstreamFacts.of(policy, this::environment);
    }
}
