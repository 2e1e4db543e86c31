package io.github.releasepipeline.policy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.subject.Text;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Puts merged pull requests with a label into a change set, and may version and deploy it: one of the specification's
 * {@code auto_changeset_rules}.
 *
 * @param label the label, compared letter by letter
 * @param changeSetName the name of the sets it makes
 * @param autoVersion whether each merge gets a set and a published version of its own
 * @param autoDeployTo where that version goes, one environment after the other has succeeded; empty without
 *     {@code autoVersion}
 */
public record AutoChangeSetRule(
        String label, String changeSetName, boolean autoVersion, List<EnvironmentName> autoDeployTo) {
    /** Checks the texts, and that there is a version to deploy. */
    public AutoChangeSetRule {
        label = Text.line("The label of a rule", label, 100);
        changeSetName = Text.line("The name of a change set", changeSetName, 200);
        autoDeployTo = List.copyOf(autoDeployTo);
        if (!autoVersion && !autoDeployTo.isEmpty()) {
            throw new IllegalArgumentException(
                    "A rule that deploys has to make versions: auto_deploy_to needs auto_version true");
        }
        if (new LinkedHashSet<>(autoDeployTo).size() < autoDeployTo.size()) {
            throw new IllegalArgumentException("auto_deploy_to names an environment twice: " + autoDeployTo);
        }
    }

    /** A rule that only groups. */
    public static AutoChangeSetRule grouping(String label, String changeSetName) {
        return new AutoChangeSetRule(label, changeSetName, false, List.of());
    }

    /** A rule that versions each merge, and deploys it to these environments in this order. */
    public static AutoChangeSetRule versioning(String label, String changeSetName, String... autoDeployTo) {
        return new AutoChangeSetRule(
                label,
                changeSetName,
                true,
                List.of(autoDeployTo).stream().map(EnvironmentName::new).toList());
    }

    /** Who makes the sets, versions and releases of this rule. */
    public Actor actor() {
        return Actor.rule("label:" + label);
    }
}
