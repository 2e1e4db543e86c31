package io.github.releasepipeline.core.release;

import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Whether a version may go into an environment. */
public final class RequestRules {
    /**
     * What is known of the environment before this one.
     *
     * @param rule the demand
     * @param state what that environment remembers
     */
    public record UpstreamFacts(Upstream rule, Environment state) {
        /**
         * If a policy demands one.
         *
         * @param environments what each environment remembers
         */
        public static Optional<UpstreamFacts> of(
                EnvironmentPolicy policy, Function<EnvironmentName, Environment> environments) {
            return policy.upstream().map(rule -> new UpstreamFacts(rule, environments.apply(rule.environment())));
        }
    }

    /** Codes of what is always so of a release that was requested just now. */
    public static final Set<String> OF_REQUESTED_RELEASES =
            Set.of("release.state", "release.expired", "release.plan-changed", "release.policy-changed");

    private RequestRules() {}

    /** Asks for a deployment. */
    public static Decision request(
            ReleaseEvent.Requested request,
            Version version,
            Environment environment,
            Optional<UpstreamFacts> upstream,
            Optional<String> bypass,
            Release.Order order) {
        return ConditionRules.decide(
                conditions(version, request.policy(), environment, upstream, bypass.isPresent()),
                () -> accepted(request, upstream, bypass, order));
    }

    /** What has to be so before a deployment can be asked for. */
    public static List<Condition> conditions(
            Version version,
            EnvironmentPolicy policy,
            Environment environment,
            Optional<UpstreamFacts> upstream,
            boolean bypass) {
        List<Condition> conditions = new ArrayList<>(version(version, policy));
        conditions.add(degraded(environment));
        upstream.map(facts -> bypass ? bypassed(version, policy, facts) : succeededUpstream(version, facts))
                .ifPresent(conditions::add);
        return conditions;
    }

    /** What has to be so of a version before it can be deployed at all under a policy. */
    public static List<Condition> version(Version version, EnvironmentPolicy policy) {
        VersionState.Kind state = version.state().kind();
        String number = version.number().toString();
        String takes =
                policy.line().isEmpty() ? "versions of the whole repository" : "versions of component " + policy.line();
        return List.of(
                state == VersionState.Kind.PUBLISHED
                        ? Condition.met("release.version-state", "Version " + number + " is published")
                        : Condition.unmet(
                                "release.version-state",
                                "Version " + number + " is " + state + " and cannot be deployed"),
                version.number().line().equals(policy.line())
                        ? Condition.met("release.line", "This environment takes " + takes)
                        : Condition.unmet(
                                "release.line",
                                "Version " + number + " may not go into this environment, which takes " + takes),
                preRelease(version, policy));
    }

    private static Condition preRelease(Version version, EnvironmentPolicy policy) {
        if (!version.number().isPreRelease()) {
            return Condition.met("release.pre-release", version.number() + " is no pre-release");
        }
        return policy.preReleases() == EnvironmentPolicy.PreReleases.ALLOWED
                ? Condition.met("release.pre-release", "Pre-releases may go into this environment")
                : Condition.unmet(
                        "release.pre-release", "Pre-release " + version.number() + " may not go into this environment");
    }

    /** Whether a version may come past the environment before this one. */
    static Condition bypassed(Version version, EnvironmentPolicy policy, UpstreamFacts upstream) {
        boolean may = policy.bypass() == EnvironmentPolicy.Bypass.ANY_VERSION
                || (policy.bypass() == EnvironmentPolicy.Bypass.HOTFIXES
                        && version.hotfix().isPresent());
        String only = policy.bypass() == EnvironmentPolicy.Bypass.HOTFIXES ? "Only a hotfix" : "No version";
        String before = upstream.rule().environment().value();
        return may
                ? Condition.met("release.bypass", version.number() + " may come past " + before)
                : Condition.unmet(
                        "release.bypass",
                        only + " may come into this environment past " + before + "; " + version.number() + " may not",
                        "deploy to " + before);
    }

    /** Whether the environment before this one has proved the version, and for long enough. */
    public static List<Condition> soaked(Version version, UpstreamFacts upstream, Instant now) {
        Condition succeeded = succeededUpstream(version, upstream);
        return succeeded.isUnmet() ? List.of(succeeded) : List.of(succeeded, soak(version, upstream, now));
    }

    private static Condition soak(Version version, UpstreamFacts upstream, Instant now) {
        String before = upstream.rule().environment().value();
        Instant done = upstream.state()
                .active()
                .orElseThrow()
                .since()
                .plus(upstream.rule().soak());
        return now.isBefore(done)
                ? Condition.unmet(
                                "release.soak",
                                version.number() + " has to be active in " + before + " until " + done,
                                "wait",
                                "bypass")
                        .earliest(Optional.of(done))
                : Condition.met(
                        "release.soak", version.number() + " has been active in " + before + " for long enough");
    }

    /** Whether an environment is open to a deployment, which somebody may have forced. */
    static Condition degraded(Release release, Environment environment) {
        return ForceRules.isForced(release, environment)
                ? Condition.note(
                        "release.environment-degraded",
                        "Environment " + environment.name() + " is degraded, and this release is forced into it")
                : degraded(environment);
    }

    /** Whether an environment is open to normal deployments. */
    public static Condition degraded(Environment environment) {
        return environment
                .degradation()
                .map(degradation -> Condition.unmet(
                        "release.environment-degraded",
                        "Environment " + environment.name() + " is degraded: " + degradation.reason(),
                        "rollback",
                        "repair",
                        "force"))
                .orElseGet(() -> Condition.met(
                        "release.environment-degraded", "Environment " + environment.name() + " is not degraded"));
    }

    private static Condition succeededUpstream(Version version, UpstreamFacts facts) {
        String before = facts.rule().environment().value();
        Optional<ActiveVersion> there = facts.state().active();
        Optional<ActiveVersion> same = there.filter(now -> now.manifest().equals(version.manifest()));
        if (same.isPresent() && facts.state().degradation().isPresent()) {
            return Condition.unmet(
                    "release.upstream",
                    version.number() + " is active in " + before + ", which is degraded: "
                            + facts.state().degradation().get().reason(),
                    "deploy to " + before,
                    "bypass");
        }
        if (same.filter(now -> now.verified().isEmpty()).isPresent()) {
            String active = version.number() + " is active in " + before;
            return facts.state().watch().isPresent()
                    ? Condition.unmet(
                            "release.upstream",
                            active + ", and watched there: it is not verified yet",
                            "wait",
                            "bypass")
                    : Condition.unmet(
                            "release.upstream", active + ", but not verified there", "deploy to " + before, "bypass");
        }
        return same.isPresent()
                ? Condition.met("release.upstream", version.number() + " is active in " + before)
                : Condition.unmet(
                        "release.upstream",
                        version.number() + " has to be active in " + before + " first, where "
                                + there.map(now -> now.number() + " is active").orElse("nothing is active"),
                        "deploy to " + before,
                        "bypass");
    }

    private static Decision accepted(
            ReleaseEvent.Requested request,
            Optional<UpstreamFacts> upstream,
            Optional<String> bypass,
            Release.Order order) {
        List<DomainEvent> events = new ArrayList<>();
        events.add(request);
        if (bypass.isPresent()) {
            upstream.ifPresent(facts ->
                    events.add(new ReleaseEvent.UpstreamBypassed(facts.rule().environment())));
        }
        if (order == Release.Order.DOWNGRADE) {
            events.add(new ReleaseEvent.DowngradeWanted());
        }
        if (request.policy().approvals().isEmpty()) {
            events.add(new ReleaseEvent.Readied());
        }
        return Decision.accept(events);
    }
}
