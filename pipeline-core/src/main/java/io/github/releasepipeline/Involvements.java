package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.release.ApprovalRules;
import io.github.releasepipeline.core.version.Numbers;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.policy.EnvironmentPolicy.Involved;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.version.Version;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Finds out who is involved in a release. What a version contains and who wrote it never changes, so that is read outside the
 * transaction that decides, which compares only what it was read for.
 */
record Involvements(Wiring wiring) {
    /**
     * Upon what it depends who is involved in a release.
     *
     * @param authors whether the authors of changes are
     * @param active what is active in its environment, as far as it matters
     */
    private record Basis(boolean authors, Optional<ActiveVersion> active) {
        static Basis of(Memory memory, Release release) {
            boolean authors = release.policy().refusedApprovers().contains(Involved.PULL_REQUEST_AUTHOR);
            return new Basis(
                    authors, authors ? memory.environment(release.environment()).active() : Optional.empty());
        }
    }

    /** @param decide gets who is involved, and may be asked several times */
    Release decide(
            ReleaseId id,
            Actor actor,
            Optional<String> reason,
            BiFunction<UnitOfWork, ApprovalRules.Involvement, Release> decide) {
        Optional<Release> decided = decided(new Memory.Seen(wiring.engine()), id, actor, reason, decide);
        while (decided.isEmpty()) {
            decided = decided(new Memory.Outside(wiring.engine()), id, actor, reason, decide);
        }
        return decided.get();
    }

    /** Empty if others are involved by now; then nothing was recorded. */
    private Optional<Release> decided(
            Memory memory,
            ReleaseId id,
            Actor actor,
            Optional<String> reason,
            BiFunction<UnitOfWork, ApprovalRules.Involvement, Release> decide) {
        Release remembered = memory.get(id);
        Basis basis = Basis.of(memory, remembered);
        ApprovalRules.Involvement involved = of(remembered, basis);
        return wiring.engine()
                .execute(
                        actor,
                        reason,
                        unit -> Basis.of(new Memory.Within(unit), unit.get(id)).equals(basis)
                                ? Optional.of(decide.apply(unit, involved))
                                : Optional.empty());
    }

    ApprovalRules.Involvement of(Release release) {
        return of(release, Basis.of(new Memory.Outside(wiring.engine()), release));
    }

    private ApprovalRules.Involvement of(Release release, Basis basis) {
        Version version = wiring.engine().seen(release.version());
        return new ApprovalRules.Involvement(
                version.createdBy(), basis.authors() ? authors(version, basis.active()) : Set.of());
    }

    private Set<String> authors(Version version, Optional<ActiveVersion> active) {
        String repository = wiring.source().repository();
        Set<PullRequestId> arriving =
                ApprovalRules.arriving(version, active, wiring.engine()::seen, Numbers.ORDER).stream()
                        .flatMap(one -> one.pullRequests().stream())
                        .map(number -> new PullRequestId(repository, number))
                        .collect(Collectors.toSet());
        return wiring.store().tables().pullRequests(arriving).stream()
                .map(PullRequest::author)
                .collect(Collectors.toSet());
    }
}
