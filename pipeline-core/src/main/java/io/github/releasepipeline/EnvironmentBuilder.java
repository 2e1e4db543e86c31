package io.github.releasepipeline;

import io.github.releasepipeline.policy.AfterFailure;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.CanaryPolicy;
import io.github.releasepipeline.policy.DeploymentWindow;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.StepLimits;
import io.github.releasepipeline.policy.StepPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.policy.WatchPolicy;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.subject.Spans;
import io.github.releasepipeline.target.CanaryTarget;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.QualityGate;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Says what an environment demands. Without a word it is a development environment that demands nothing. No time may exceed
 * {@link Spans#LONGEST}.
 */
public final class EnvironmentBuilder {
    private Tier tier = Tier.DEVELOPMENT;
    private final List<ApprovalRule> approvals = new ArrayList<>();
    private Set<EnvironmentPolicy.Involved> refused = Set.of(EnvironmentPolicy.Involved.REQUESTER);
    private Optional<String> after = Optional.empty();
    private Duration soak = Duration.ZERO;
    private EnvironmentPolicy.Bypass bypass = EnvironmentPolicy.Bypass.ANY_VERSION;
    private String line = "";
    private final GateList gates = new GateList();
    private Optional<Integer> canaryPercent = Optional.empty();
    private final GateList canaryGates = new GateList();
    private EnvironmentPolicy.QueueOrder queueOrder = EnvironmentPolicy.QueueOrder.OLDEST_FIRST;
    private EnvironmentPolicy.Start start = EnvironmentPolicy.Start.WHEN_DEPLOYED;
    private Optional<EnvironmentPolicy.PreReleases> preReleases = Optional.empty();
    private Duration approvalExpiry = Duration.ofDays(7);
    private final List<DeploymentWindow> windows = new ArrayList<>();
    private StepPolicy steps = StepPolicy.standard();
    private final List<String> problems = new ArrayList<>();

    EnvironmentBuilder() {}

    /**
     * Demands what a policy says, for example one read from a file; what is said afterwards comes on top of it. Of
     * its quality gates it says how they are asked: who is asked is code, add them with {@link #gate(QualityGate)}.
     */
    public EnvironmentBuilder demanding(EnvironmentPolicy policy) {
        tier = policy.tier();
        approvals.addAll(policy.approvals());
        refused = policy.refusedApprovers();
        after = policy.upstream().map(upstream -> upstream.environment().value());
        soak = policy.upstream().map(Upstream::soak).orElse(Duration.ZERO);
        bypass = policy.bypass();
        line = policy.line();
        queueOrder = policy.queueOrder();
        start = policy.start();
        preReleases = Optional.of(policy.preReleases());
        approvalExpiry = policy.approvalExpiry();
        windows.addAll(policy.windows());
        gates.demand(policy.gates());
        steps = policy.steps();
        policy.steps().canary().ifPresent(canary -> {
            canaryPercent = Optional.of(canary.percent());
            canaryGates.demand(canary.gates());
        });
        return this;
    }

    /** What the environment is for. */
    public EnvironmentBuilder tier(Tier value) {
        tier = value;
        return this;
    }

    /** So many approvals of anyone; may be called beside {@link #approvalsOf}. */
    public EnvironmentBuilder approvals(int count) {
        return approvals(Optional.empty(), count);
    }

    /** So many approvals of a group's members; may be called for several groups. */
    public EnvironmentBuilder approvalsOf(String group, int count) {
        return approvals(Optional.of(group), count);
    }

    private EnvironmentBuilder approvals(Optional<String> group, int count) {
        made(() -> new ApprovalRule(group, count)).ifPresent(approvals::add);
        return this;
    }

    /** Whose votes are refused; the requester's, unless said otherwise here. */
    public EnvironmentBuilder refuseVotesOf(EnvironmentPolicy.Involved... involved) {
        refused = Set.copyOf(Arrays.asList(involved));
        return this;
    }

    /** The environment in which a version has to be active first. */
    public EnvironmentBuilder after(String environment) {
        after = Optional.of(environment);
        return this;
    }

    /** How long it has to be active there. */
    public EnvironmentBuilder soak(Duration time) {
        soak = time;
        return this;
    }

    /** Which versions may come past that environment, with a permission and a reason; any, unless said otherwise here. */
    public EnvironmentBuilder bypass(EnvironmentPolicy.Bypass value) {
        bypass = value;
        return this;
    }

    /** Takes the versions of a component's line instead of those of the repository's one line. */
    public EnvironmentBuilder component(String name) {
        line = name;
        return this;
    }

    /** Adds a quality gate. Gates are asked in the order in which they are added. */
    public EnvironmentBuilder gate(QualityGate gate) {
        return gate(gate, usage -> {});
    }

    /** Adds a quality gate and says how it is used. */
    public EnvironmentBuilder gate(QualityGate gate, Consumer<GateBuilder> usage) {
        gates.add(gate, usage);
        return this;
    }

    /**
     * Adds a quality gate for which a person judges, by {@link Releases#judge}. The release is paused while it waits for
     * them, and keeps the environment. People whose votes are refused here cannot judge either. The verdict counts for a
     * day when the release is tried again.
     */
    public EnvironmentBuilder gateByPerson(String name) {
        gates.byPerson(name, Optional.empty());
        return this;
    }

    /** The same for the members of a group. */
    public EnvironmentBuilder gateByPerson(String name, String group) {
        gates.byPerson(name, Optional.of(group));
        return this;
    }

    /** Who goes first when the environment is busy; the one that waits longest, unless said here. */
    public EnvironmentBuilder queue(EnvironmentPolicy.QueueOrder order) {
        queueOrder = order;
        return this;
    }

    /** Starts releases at once with their last approval. */
    public EnvironmentBuilder startOnApproval() {
        start = EnvironmentPolicy.Start.WHEN_APPROVED;
        return this;
    }

    /** Whether pre-releases may come here; by default not in production. */
    public EnvironmentBuilder preReleases(EnvironmentPolicy.PreReleases value) {
        preReleases = Optional.of(value);
        return this;
    }

    /**
     * Adds a window in which deployments are possible, or impossible. Rollbacks are exempt, and who has the permission may
     * override it for one release.
     */
    public EnvironmentBuilder window(DeploymentWindow window) {
        windows.add(window);
        return this;
    }

    /** How long a release may wait for its approvals, and once it has them, for its start; 7 days unless said here. */
    public EnvironmentBuilder approvalExpiry(Duration time) {
        made(() -> Spans.bounded("The expiry of approvals", time)).ifPresent(expiry -> approvalExpiry = expiry);
        return this;
    }

    /** How long a step may take here, and how often it is tried again; {@link StepLimits#standard()} unless said here. */
    public EnvironmentBuilder step(Step step, StepLimits limits) {
        steps = steps.limit(step, limits);
        return this;
    }

    /** What follows a deployment that failed; it is left as it is, unless said here. */
    public EnvironmentBuilder afterFailure(AfterFailure value) {
        steps = steps.afterFailure(value);
        return this;
    }

    /**
     * Gives each version a part of the traffic first, and the rest when all gates of the canary have passed; if one has not,
     * all traffic goes back to the version that is active. The target has to be a
     * {@link io.github.releasepipeline.target.CanaryTarget}. Where nothing is active yet a version gets everything at once.
     *
     * @param percent which part, from 1 to 99
     */
    public EnvironmentBuilder canary(int percent, Consumer<CanaryBuilder> judges) {
        canaryPercent = Optional.of(percent);
        return canary(judges);
    }

    /** Says more of a canary, for example who answers for the gates of one that was read from a file. */
    public EnvironmentBuilder canary(Consumer<CanaryBuilder> judges) {
        judges.accept(new CanaryBuilder(canaryGates));
        return this;
    }

    /**
     * Watches each version for some time after its activation: the target is checked again and again, and only then does the
     * version count as verified. What follows a failed check says {@link #afterFailure}.
     */
    public EnvironmentBuilder watch(Duration time, Duration interval) {
        made(() -> new WatchPolicy(time, interval)).ifPresent(watch -> steps = steps.watch(watch));
        return this;
    }

    /** Takes what a host says; a mistake of which it hears an exception is one of the problems. */
    void hear(Consumer<EnvironmentBuilder> demands) {
        made(() -> {
            demands.accept(this);
            return this;
        });
    }

    /** What is asked, by name. */
    Map<String, QualityGate> gates() {
        Map<String, QualityGate> all = new LinkedHashMap<>(gates.asked());
        canaryGates.asked().forEach(all::putIfAbsent);
        return all;
    }

    /** The policy as far as it makes sense; {@link #problems} says what does not. */
    EnvironmentPolicy policy() {
        return policy(after.flatMap(name -> made(() -> new Upstream(new EnvironmentName(name), soak))));
    }

    private EnvironmentPolicy policy(Optional<Upstream> upstream) {
        return new EnvironmentPolicy(
                tier,
                approvals,
                refused,
                upstream,
                bypass,
                line,
                gates.policies(),
                queueOrder,
                start,
                preReleases.orElse(EnvironmentPolicy.of(tier).preReleases()),
                approvalExpiry,
                windows,
                canary().map(steps::canary).orElse(steps));
    }

    private Optional<CanaryPolicy> canary() {
        return canaryPercent.flatMap(percent -> made(() -> new CanaryPolicy(percent, canaryGates.policies())));
    }

    /** Everything that is wrong with this environment by itself; to be asked after {@link #policy}. */
    List<String> problems(DeploymentTarget target) {
        List<String> found = new ArrayList<>(problems);
        if (canaryPercent.isPresent() && !(target instanceof CanaryTarget)) {
            found.add("canary: the target cannot give a part of the traffic to a version, it is no CanaryTarget");
        }
        if (approvalExpiry.isNegative() || approvalExpiry.isZero()) {
            found.add("approvalExpiry must be longer than nothing, not " + approvalExpiry);
        }
        if (after.isEmpty() && !soak.isZero()) {
            found.add("soak needs an environment to soak in: say after(…)");
        }
        found.addAll(gates.problems());
        canaryGates.problems().forEach(problem -> found.add("canary: " + problem));
        if (canaryPercent.isEmpty() && !canaryGates.policies().isEmpty()) {
            found.add("canary: say how much of the traffic it gets");
        }
        canaryGates.asked().forEach((name, gate) -> {
            if (gates().get(name) != gate) {
                found.add("canary: gate '" + name + "' is another than the environment's quality gate of this name");
            }
        });
        policy(Optional.empty()).windowProblem().ifPresent(found::add);
        return found;
    }

    private <T> Optional<T> made(Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException | DateTimeException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
