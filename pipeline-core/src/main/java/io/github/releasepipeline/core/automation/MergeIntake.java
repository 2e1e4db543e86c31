package io.github.releasepipeline.core.automation;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.automation.AutomationEvent;
import io.github.releasepipeline.automation.AutomationId;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.core.changeset.AutoSetRules;
import io.github.releasepipeline.core.changeset.ChangeSetMachine;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.ChangeSetReview;
import io.github.releasepipeline.source.PullRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the rules to the merges of one transaction: the one in which the merged pull requests are saved. */
public final class MergeIntake {
    private static final Logger LOG = LoggerFactory.getLogger(MergeIntake.class);

    private final UnitOfWork unit;
    private final List<AutoChangeSetRule> rules;
    private final ChangeSetReview review;
    /** Sets that this transaction made or joined: nobody else can look them up yet. */
    private final Map<AutoChangeSetRule, ChangeSetId> open = new HashMap<>();

    /**
     * @param rules in the order of their declaration
     * @param review whether change sets need one
     */
    public MergeIntake(UnitOfWork unit, List<AutoChangeSetRule> rules, ChangeSetReview review) {
        this.unit = unit;
        this.rules = rules;
        this.review = review;
    }

    /** Takes a merge up, if a rule matches and none ever did for this merge. */
    public void merged(PullRequest pullRequest) {
        PullRequest.Progress.Merged merge = (PullRequest.Progress.Merged) pullRequest.progress();
        AutomationId id = new AutomationId(pullRequest.id(), merge.range().merge());
        MatchRules.match(rules, pullRequest.labels())
                .filter(match -> unit.find(id).isEmpty())
                .ifPresent(match -> take(id, match, merge));
    }

    private void take(AutomationId id, MatchRules.Match match, PullRequest.Progress.Merged merge) {
        Optional<ChangeSetId> already = unit.committed().changeSetOf(id.pullRequest());
        AutomationEvent event = already.isPresent()
                ? new AutomationEvent.LeftAlone(match.rule(), match.passedOver(), merge.by(), merge.at(), already.get())
                : new AutomationEvent.Matched(
                        match.rule(),
                        match.passedOver(),
                        merge.by(),
                        merge.at(),
                        join(match.rule(), id.pullRequest().number()));
        unit.record(match.rule().actor(), AutomationMachine.MACHINE, id, List.of(event));
        unit.afterCommit(() -> tell(id, match, already));
    }

    private ChangeSetId join(AutoChangeSetRule rule, long number) {
        Actor actor = rule.actor();
        Optional<ChangeSetId> found = rule.autoVersion()
                ? Optional.empty()
                : Optional.ofNullable(open.get(rule)).or(() -> unit.committed().openChangeSetBy(actor));
        ChangeSetId id = found.orElseGet(() -> new ChangeSetId(unit.newId()));
        Optional<ChangeSet> joined = found.map(unit::get);
        ChangeSet set = unit.record(
                joined.map(before -> AutoSetRules.joining(before, actor)).orElse(actor),
                ChangeSetMachine.MACHINE,
                id,
                joined.map(before -> AutoSetRules.join(before, number, review))
                        .orElseGet(() -> AutoSetRules.fresh(rule, number, review)));
        open.put(rule, set.id());
        return set.id();
    }

    private static void tell(AutomationId id, MatchRules.Match match, Optional<ChangeSetId> already) {
        String rule = match.rule().label();
        already.ifPresent(set -> LOG.atWarn()
                .addKeyValue("pullRequest", id.pullRequest().value())
                .addKeyValue("changeSet", set)
                .log("The rule for label '{}' left it in the change set that it is in", rule));
        if (!match.passedOver().isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("pullRequest", id.pullRequest().value())
                    .log("Taken by the rule for label '{}'; those for {} match too", rule, match.passedOver());
        }
    }
}
