package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.http.hook.Deliveries;
import io.github.releasepipeline.http.hook.HookHeaders;
import io.github.releasepipeline.http.hook.Signature;
import io.github.releasepipeline.http.hook.WebhookReceiver;
import io.github.releasepipeline.http.hook.WebhookVerdict;
import io.github.releasepipeline.source.CommitId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Judges deliveries of Gitea and Forgejo, which call themselves GitHub too: only their own headers are read. */
final class GiteaWebhook implements WebhookReceiver {
    private static final int REMEMBERED = 10_000;

    private final Signature signature;
    private final Function<CommitId, Set<Long>> heads;
    private final Deliveries deliveries = new Deliveries(REMEMBERED);

    /** @param heads which open pull requests have a commit as their head, as far as known */
    GiteaWebhook(List<String> secrets, Function<CommitId, Set<Long>> heads) {
        this.signature = new Signature(secrets);
        this.heads = heads;
    }

    @Override
    public WebhookVerdict receive(Map<String, List<String>> headers, byte[] body) {
        HookHeaders given = new HookHeaders(headers);
        Optional<String> type = given.single("X-Gitea-Event-Type").or(() -> given.single("X-Gitea-Event"));
        Optional<String> delivery = given.single("X-Gitea-Delivery");
        Optional<String> signed = given.single("X-Gitea-Signature");
        if (type.isEmpty() || delivery.isEmpty()) {
            return new WebhookVerdict.Rejected("It does not say its event and its delivery as Gitea does");
        }
        if (signed.isEmpty()) {
            return new WebhookVerdict.Rejected("It is not signed; does the hook have a secret?");
        }
        if (!signature.covers(body, signed.get())) {
            return new WebhookVerdict.Rejected(
                    "Its signature is wrong; is the secret the same, and the content type application/json?");
        }
        return deliveries.isNew(delivery.get(), signed.get())
                ? meaning(type.get(), delivery.get(), signed.get(), body)
                : new WebhookVerdict.Ignored("It came before");
    }

    private WebhookVerdict meaning(String type, String delivery, String signed, byte[] body) {
        JsonNode payload = Fields.tree(new String(body, StandardCharsets.UTF_8)).orElse(Fields.NOTHING);
        Optional<String> repository = Fields.line(payload.path("repository"), "full_name");
        Optional<Set<Long>> subjects = HookEvent.subjects(type, payload, heads);
        if (repository.isEmpty() || subjects.isEmpty()) {
            return new WebhookVerdict.Ignored("Nothing to read after the event '" + type + "'");
        }
        return new WebhookVerdict.Changed(delivery, signed, repository.get(), subjects.get());
    }

    @Override
    public void forget(WebhookVerdict.Changed delivery) {
        deliveries.forget(delivery.delivery(), delivery.signature());
    }
}
