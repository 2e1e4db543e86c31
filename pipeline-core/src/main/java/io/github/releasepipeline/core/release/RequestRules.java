package io.github.releasepipeline.core.release;

import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a version may go into an environment. */
public final class RequestRules {
    /**
     * What is known of the environment before this one.
     *
     * @param rule the demand
     * @param state what that environment remembers
     */
    public record UpstreamFacts(Upstream rule, Environment state) {}

    private RequestRules() {}

    /** Asks for a deployment. */
    public static Decision request(
            ReleaseEvent.Requested request,
            Version version,
            Environment environment,
            Optional<UpstreamFacts> upstream,
            Optional<String> bypass) {
        return version(version, request.policy())
                .or(() -> degraded(environment))
                .or(() -> bypass.isPresent()
                        ? upstream.flatMap(facts -> bypassed(version, request.policy(), facts))
                        : succeededUpstream(version, upstream))
                .orElseGet(() -> accepted(request, upstream, bypass));
    }

    /** Whether a version may be deployed at all under a policy; empty if it may. */
    public static Optional<Decision> version(Version version, EnvironmentPolicy policy) {
        VersionState.Kind state = version.state().kind();
        if (state != VersionState.Kind.PUBLISHED) {
            return Optional.of(Decision.refuse(
                    "release.version-state",
                    "Version " + version.number() + " is " + state + " and cannot be deployed"));
        }
        if (!version.number().line().equals(policy.line())) {
            return Optional.of(Decision.refuse(
                    "release.line",
                    "Version " + version.number() + " may not go into this environment, which takes "
                            + (policy.line().isEmpty()
                                    ? "versions of the whole repository"
                                    : "versions of component " + policy.line())));
        }
        if (version.number().isPreRelease() && policy.preReleases() == EnvironmentPolicy.PreReleases.REFUSED) {
            return Optional.of(Decision.refuse(
                    "release.pre-release", "Pre-release " + version.number() + " may not go into this environment"));
        }
        return Optional.empty();
    }

    /** Whether a version may come past the environment before this one; empty if it may. */
    private static Optional<Decision> bypassed(Version version, EnvironmentPolicy policy, UpstreamFacts upstream) {
        boolean may = policy.bypass() == EnvironmentPolicy.Bypass.ANY_VERSION
                || (policy.bypass() == EnvironmentPolicy.Bypass.HOTFIXES
                        && version.hotfix().isPresent());
        String only = policy.bypass() == EnvironmentPolicy.Bypass.HOTFIXES ? "Only a hotfix" : "No version";
        return may
                ? Optional.empty()
                : Optional.of(Decision.refuse(
                        "release.bypass",
                        only + " may come into this environment past "
                                + upstream.rule().environment() + "; " + version.number() + " may not",
                        "deploy to " + upstream.rule().environment()));
    }

    /** Whether the environment before this one has proved the version for long enough; empty if it has. */
    public static Optional<Decision> soaked(Version version, Optional<UpstreamFacts> upstream, Instant now) {
        return succeededUpstream(version, upstream)
                .or(() -> upstream.flatMap(facts -> {
                    Instant done = facts.state()
                            .active()
                            .orElseThrow()
                            .since()
                            .plus(facts.rule().soak());
                    return now.isBefore(done)
                            ? Optional.of(Decision.refuse(
                                    "release.soak",
                                    version.number() + " has to be active in "
                                            + facts.rule().environment() + " until " + done,
                                    "wait",
                                    "bypass"))
                            : Optional.empty();
                }));
    }

    /** Whether an environment is closed to normal deployments; empty if it is open. */
    public static Optional<Decision> degraded(Environment environment) {
        return environment
                .degradation()
                .map(degradation -> Decision.refuse(
                        "release.environment-degraded",
                        "Environment " + environment.name() + " is degraded: " + degradation.reason(),
                        "rollback",
                        "repair"));
    }

    private static Optional<Decision> succeededUpstream(Version version, Optional<UpstreamFacts> upstream) {
        return upstream.flatMap(facts -> {
            boolean active = facts.state()
                    .active()
                    .filter(now -> now.manifest().equals(version.manifest()))
                    .isPresent();
            return active
                    ? Optional.empty()
                    : Optional.of(Decision.refuse(
                            "release.upstream",
                            version.number() + " has to be active in "
                                    + facts.rule().environment() + " first, where "
                                    + facts.state()
                                            .active()
                                            .map(now -> now.number() + " is active")
                                            .orElse("nothing is active"),
                            "deploy to " + facts.rule().environment(),
                            "bypass"));
        });
    }

    private static Decision accepted(
            ReleaseEvent.Requested request, Optional<UpstreamFacts> upstream, Optional<String> bypass) {
        List<DomainEvent> events = new ArrayList<>();
        events.add(request);
        if (bypass.isPresent()) {
            upstream.ifPresent(facts ->
                    events.add(new ReleaseEvent.UpstreamBypassed(facts.rule().environment())));
        }
        if (request.policy().approvals().isEmpty()) {
            events.add(new ReleaseEvent.Readied());
        }
        return Decision.accept(events);
    }
}
