package io.github.releasepipeline.gitea;

import io.github.releasepipeline.http.hook.WebhookReceiver;
import io.github.releasepipeline.http.hook.WebhookServlet;
import io.github.releasepipeline.item.ItemKind;
import jakarta.servlet.http.HttpServlet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** The code of {@code docs/gitea.md}. */
final class WiringSample {
    private WiringSample() {}

    static Gitea wire(String token, List<ItemKind> kinds) {
        Gitea gitea = Gitea.repository("https://git.example.org/gitea", "acme/flows", token)
                .items(kinds);
        return gitea;
    }

    static HttpServlet receive(Gitea gitea, String secret, Queue<Set<Long>> queue) {
        WebhookReceiver receiver = gitea.webhook(secret);
        HttpServlet servlet = new WebhookServlet(receiver, changed -> queue.add(changed.pullRequests()));
        return servlet;
    }
}
