package io.github.releasepipeline;

import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.target.QualityGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says what an environment demands. Without a word it is a development environment that demands nothing. */
public final class EnvironmentBuilder {
    private Tier tier = Tier.DEVELOPMENT;
    private final List<ApprovalRule> approvals = new ArrayList<>();
    private Set<EnvironmentPolicy.Involved> refused = Set.of(EnvironmentPolicy.Involved.REQUESTER);
    private Optional<String> after = Optional.empty();
    private Duration soak = Duration.ZERO;
    private EnvironmentPolicy.Bypass bypass = EnvironmentPolicy.Bypass.ANY_VERSION;
    private String line = "";
    private final List<QualityGate> gates = new ArrayList<>();
    private EnvironmentPolicy.QueueOrder queueOrder = EnvironmentPolicy.QueueOrder.OLDEST_FIRST;
    private EnvironmentPolicy.Start start = EnvironmentPolicy.Start.WHEN_DEPLOYED;
    private Optional<EnvironmentPolicy.PreReleases> preReleases = Optional.empty();
    private Duration approvalExpiry = Duration.ofDays(7);

    EnvironmentBuilder() {}

    /** What the environment is for. */
    public EnvironmentBuilder tier(Tier value) {
        tier = value;
        return this;
    }

    /** So many approvals of anyone; may be called beside {@link #approvalsOf}. */
    public EnvironmentBuilder approvals(int count) {
        approvals.add(ApprovalRule.anyone(count));
        return this;
    }

    /** So many approvals of a group's members; may be called for several groups. */
    public EnvironmentBuilder approvalsOf(String group, int count) {
        approvals.add(ApprovalRule.group(group, count));
        return this;
    }

    /** Whose votes are refused; the requester's, unless said otherwise here. */
    public EnvironmentBuilder refuseVotesOf(EnvironmentPolicy.Involved... involved) {
        refused = Set.of(involved);
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

    /** Adds a quality gate. */
    public EnvironmentBuilder gate(QualityGate gate) {
        gates.add(gate);
        return this;
    }

    /** Who goes first when the environment is busy. */
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

    /** How long a request may wait until it is started. */
    public EnvironmentBuilder approvalExpiry(Duration time) {
        approvalExpiry = time;
        return this;
    }

    List<QualityGate> gates() {
        return gates;
    }

    EnvironmentPolicy policy() {
        return new EnvironmentPolicy(
                tier,
                approvals,
                refused,
                after.map(name -> new Upstream(new EnvironmentName(name), soak)),
                bypass,
                line,
                gates.stream().map(QualityGate::name).toList(),
                queueOrder,
                start,
                preReleases.orElse(EnvironmentPolicy.of(tier).preReleases()),
                approvalExpiry);
    }

    Optional<String> problem() {
        if (approvalExpiry.isNegative() || approvalExpiry.isZero()) {
            return Optional.of("approvalExpiry must be longer than nothing, not " + approvalExpiry);
        }
        if (after.isEmpty() && !soak.isZero()) {
            return Optional.of("soak needs an environment to soak in: say after(…)");
        }
        long names = gates.stream().map(QualityGate::name).distinct().count();
        return names < gates.size() ? Optional.of("two gates have the same name") : Optional.empty();
    }
}
