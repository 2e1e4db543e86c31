package io.github.releasepipeline.core.release;

import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Going back to an earlier version. */
public final class RollbackRules {
    private RollbackRules() {}

    /**
     * Whether a release can be rolled back to a version.
     *
     * @param original the release to go away from
     * @param target the version to go back to
     * @param chosen whether a person chose that version
     * @param allowDeprecated whether they said that a deprecated one will do
     */
    public static Decision rollback(
            Release original,
            Environment environment,
            Version target,
            boolean chosen,
            boolean allowDeprecated,
            ReleaseEvent.Requested request) {
        return ReleaseActions.refusal(original, ReleaseAction.ROLLBACK)
                .or(() -> original.kind() == ReleaseKind.ROLLBACK && !chosen
                        ? refuse("rollback.of-rollback", "A rollback is rolled back only to a version that is named")
                        : Optional.empty())
                .or(() -> overtaken(original, environment))
                .or(() -> original.succeeded() && target.id().equals(original.version())
                        ? refuse(
                                "rollback.same-version",
                                "Version " + target.number() + " is what release " + original.id()
                                        + " brought: to bring it again, request a release")
                        : Optional.empty())
                .or(() -> target(target, allowDeprecated))
                .orElseGet(() -> Decision.accept(request, new ReleaseEvent.Readied()));
    }

    /**
     * Where a rollback of a release goes if nobody chooses.
     *
     * @param versions states of the versions that the environment remembers
     */
    public static Optional<VersionId> defaultTarget(
            Release original, Environment environment, Function<VersionId, VersionState.Kind> versions) {
        return remembered(original, environment)
                .filter(version -> versions.apply(version) == VersionState.Kind.PUBLISHED)
                .findFirst();
    }

    /**
     * The versions that a rollback of a release may go back to: those that the environment remembers, what is the default
     * first, deprecated ones last.
     *
     * @param versions states of the versions that the environment remembers
     */
    public static List<VersionId> targets(
            Release original, Environment environment, Function<VersionId, VersionState.Kind> versions) {
        Map<VersionState.Kind, List<VersionId>> byState =
                remembered(original, environment).collect(Collectors.groupingBy(versions));
        return Stream.of(VersionState.Kind.PUBLISHED, VersionState.Kind.DEPRECATED)
                .flatMap(state -> byState.getOrDefault(state, List.of()).stream())
                .toList();
    }

    /** Whether a rollback of a release would be refused whatever version is chosen; empty if it would not. */
    static Optional<Decision> hopeless(
            Release original, Environment environment, Function<VersionId, VersionState.Kind> versions) {
        return ReleaseActions.refusal(original, ReleaseAction.ROLLBACK)
                .or(() -> overtaken(original, environment))
                .or(() -> remembered(original, environment).map(versions).noneMatch(RollbackRules::isPossible)
                        ? refuse("rollback.no-target", "There is no version to go back to in " + environment.name())
                        : Optional.empty());
    }

    private static boolean isPossible(VersionState.Kind target) {
        return target == VersionState.Kind.PUBLISHED || target == VersionState.Kind.DEPRECATED;
    }

    private static Stream<VersionId> remembered(Release original, Environment environment) {
        Stream<ActiveVersion> activeNow = environment.active().stream()
                .filter(active -> !original.succeeded() || !active.version().equals(original.version()));
        return Stream.concat(activeNow, environment.former().stream()).map(ActiveVersion::version);
    }

    /**
     * Where an environment is brought back to without a person: the last version that was verified there, before the one
     * that is active.
     *
     * @param versions states of the versions that the environment remembers
     */
    public static Optional<VersionId> lastVerified(
            Environment environment, Function<VersionId, VersionState.Kind> versions) {
        return environment.former().stream()
                .filter(former -> former.verified().isPresent())
                .map(ActiveVersion::version)
                .filter(version -> versions.apply(version) == VersionState.Kind.PUBLISHED)
                .findFirst();
    }

    private static Optional<Decision> overtaken(Release original, Environment environment) {
        boolean isActive = environment.active().map(ActiveVersion::release).equals(Optional.of(original.id()));
        return !isActive && (original.succeeded() || isMended(original, environment))
                ? refuse(
                        "rollback.not-active",
                        "Release " + original.id() + " is not active in " + environment.name() + " any more; "
                                + environment
                                        .active()
                                        .map(now -> now.number() + " of release " + now.release() + " is")
                                        .orElse("nothing is"))
                : Optional.empty();
    }

    /** Whether nothing of a release that failed is there any more: something else became active, and is whole. */
    private static boolean isMended(Release original, Environment environment) {
        return original.state() instanceof ReleaseState.Failed failed
                && environment.degradation().isEmpty()
                && environment
                        .active()
                        .filter(active -> active.since().isAfter(failed.at()))
                        .isPresent();
    }

    /** Whether a version may be gone back to; empty if it may. */
    static Optional<Decision> target(Version target, boolean allowDeprecated) {
        return switch (target.state().kind()) {
            case PUBLISHED -> Optional.empty();
            case DEPRECATED ->
                allowDeprecated
                        ? Optional.empty()
                        : refuse(
                                "rollback.deprecated",
                                "Version " + target.number() + " is deprecated; allow it explicitly");
            case DRAFT, BLOCKED, DISCARDED ->
                refuse(
                        "rollback.version-state",
                        "Version " + target.number() + " is " + target.state().kind());
        };
    }

    private static Optional<Decision> refuse(String rule, String message) {
        return Optional.of(Decision.refuse(rule, message));
    }
}
