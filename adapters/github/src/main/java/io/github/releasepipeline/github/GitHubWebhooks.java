package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.hook.Deliveries;
import io.github.releasepipeline.http.hook.HookHeaders;
import io.github.releasepipeline.http.hook.Signature;
import io.github.releasepipeline.http.hook.WebhookReceiver;
import io.github.releasepipeline.http.hook.WebhookVerdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Judges GitHub's web hooks of one repository. Its content type must be {@code application/json}, and it needs a secret.
 * Numbers of pull requests are taken from the payload and nothing else.
 */
public final class GitHubWebhooks implements WebhookReceiver {
    private static final String PREFIX = "sha256=";
    private static final int REMEMBERED = 10_000;

    /** What may change what a pull request shows. */
    private static final Set<String> EVENTS = Set.of(
            "pull_request",
            "pull_request_review",
            "check_run",
            "check_suite",
            "workflow_run",
            "status",
            "push",
            "merge_group",
            "label",
            "delete");

    private final Repo repo;
    private final Signature signature;
    private final Deliveries deliveries = new Deliveries(REMEMBERED);

    /**
     * A receiver.
     *
     * @param repository {@code owner/name}
     * @param secrets the hook's secret, and while it is being replaced the other one too
     */
    public GitHubWebhooks(String repository, List<String> secrets) {
        this.repo = Repo.parse(repository);
        this.signature = new Signature(secrets);
    }

    @Override
    public WebhookVerdict receive(Map<String, List<String>> headers, byte[] body) {
        HookHeaders names = new HookHeaders(headers);
        Optional<String> signed = names.single("X-Hub-Signature-256").filter(value -> value.startsWith(PREFIX));
        if (signed.isEmpty()) {
            return new WebhookVerdict.Rejected("it is not signed; give the hook a secret at GitHub");
        }
        String hex = signed.get().substring(PREFIX.length());
        if (!signature.covers(body, hex)) {
            return new WebhookVerdict.Rejected("the signature is not of these bytes and this secret");
        }
        Optional<String> delivery = names.single("X-GitHub-Delivery");
        Optional<String> event = names.single("X-GitHub-Event");
        if (delivery.isEmpty() || event.isEmpty()) {
            return new WebhookVerdict.Rejected("it has no delivery id or no event");
        }
        return read(body)
                .map(payload -> judge(delivery.get(), hex, event.get(), payload))
                .orElseGet(
                        () -> new WebhookVerdict.Rejected("the body is not JSON; set the hook's content type to it"));
    }

    private WebhookVerdict judge(String delivery, String hex, String event, JsonNode payload) {
        String repository = payload.path("repository").path("full_name").asText();
        if (!repository.equalsIgnoreCase(repo.toString())) {
            return new WebhookVerdict.Ignored("it is about " + (repository.isEmpty() ? "no repository" : repository));
        }
        if (!EVENTS.contains(event)) {
            return new WebhookVerdict.Ignored("nothing follows from " + event);
        }
        if (!deliveries.isNew(delivery, hex)) {
            return new WebhookVerdict.Ignored("it came before");
        }
        return new WebhookVerdict.Changed(delivery, hex, repo.toString(), numbers(payload));
    }

    /** Checks of forks name no pull request, statuses never do: then nobody knows which one it is. */
    private static Set<Long> numbers(JsonNode payload) {
        Set<Long> numbers = new TreeSet<>();
        Json.number(payload.path("pull_request"), "number").ifPresent(numbers::add);
        Stream.of("check_run", "check_suite", "workflow_run")
                .forEach(field -> payload.path(field)
                        .path("pull_requests")
                        .forEach(pull -> Json.number(pull, "number").ifPresent(numbers::add)));
        numbers.removeIf(number -> number <= 0);
        return numbers;
    }

    private static Optional<JsonNode> read(byte[] body) {
        try {
            return Optional.of(Json.read(body)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void forget(WebhookVerdict.Changed delivery) {
        deliveries.forget(delivery.delivery(), delivery.signature());
    }
}
