package io.github.releasepipeline.examples.notifiers;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.PipelineBuilder;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.email.Email;
import io.github.releasepipeline.email.SmtpServer;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.notify.Severity;
import io.github.releasepipeline.notify.Subscription;
import io.github.releasepipeline.slack.Slack;
import io.github.releasepipeline.slack.SlackApprovals;
import io.github.releasepipeline.slack.SlackChannel;
import io.github.releasepipeline.slack.SlackPeople;
import io.github.releasepipeline.webhook.SigningSecret;
import io.github.releasepipeline.webhook.Verdict;
import io.github.releasepipeline.webhook.Webhook;
import io.github.releasepipeline.webhook.WebhookVerifier;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All notifiers, as a host wires them. */
final class WiredNotifiers {
    private WiredNotifiers() {}

    static List<Notifier> of(String slackToken, String smtpPassword, String oldSecret, String newSecret) {
        SlackChannel slack = Slack.channel("#releases", slackToken)
                .askingForApproval()
                .linking(subject -> Optional.of(URI.create("https://pipeline.example.org/" + subject)));

        Email alerts = Email.of(
                        SmtpServer.at("smtp.example.org", 587).login("releases", smtpPassword),
                        "Releases <releases@example.org>",
                        "on-call@example.org")
                .wanting(Subscription.toEverything().in("production").atLeast(Severity.ALERT));

        Webhook metrics = Webhook.to(
                        URI.create("https://metrics.example.org/hooks/releases"),
                        SigningSecret.of(newSecret),
                        SigningSecret.of(oldSecret))
                .speakingFor(URI.create("https://pipeline.example.org"), "flows")
                .wanting(Subscription.to("environment.*").or(Subscription.to("version.published")));
        return List.of(slack, alerts, metrics);
    }

    static Pipeline start(PipelineBuilder wiring, List<Notifier> notifiers) {
        notifiers.forEach(wiring::notifier);
        return wiring.build();
    }

    static SlackApprovals approvals(SlackChannel slack, String signingSecret, Pipeline pipeline) {
        SlackPeople people =
                SlackPeople.of("T0ACME", Map.of("U0ALICE", Actor.user("alice"), "U0BOB", Actor.user("bob")));
        return SlackApprovals.of(slack, signingSecret, people, pipeline.approvalDesk());
    }

    static int receive(WebhookVerifier verifier, Map<String, String> headers, byte[] body) {
        Verdict verdict = verifier.verify(headers, body);
        return verdict == Verdict.GENUINE ? 204 : 400;
    }

    static WebhookVerifier verifier(String oldSecret, String newSecret) {
        return WebhookVerifier.of(Clock.systemUTC(), SigningSecret.of(newSecret), SigningSecret.of(oldSecret));
    }
}
