package io.github.releasepipeline.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.http.hook.WebhookServlet;
import io.github.releasepipeline.item.ItemKind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The wiring that docs/github.md shows. */
class WiringTest {
    private static final String TOKEN = "github_pat_x";

    @Test
    void a_repository_is_wired_with_a_token() {
        GitHub gitHub = GitHub.repository("acme/flows", TOKEN)
                .items(ItemKind.of("workflow", "workflows/**/*.json"), ItemKind.of("agent", "agents/**/*.json"));

        assertThat(gitHub.repository()).isEqualTo("acme/flows");
    }

    @Test
    void an_enterprise_server_is_wired_with_its_address_and_other_timeouts() {
        GitHub gitHub = GitHub.repository("acme/flows", TOKEN)
                .server(URI.create("https://github.example.com/api/v3"))
                .http(HttpOptions.standard().patience(Duration.ofSeconds(30)).concurrency(4));

        assertThat(gitHub).hasToString("GitHub[acme/flows at https://github.example.com/api/v3]");
    }

    @Test
    void web_hooks_are_wired_as_a_servlet() {
        List<Set<Long>> toRead = new ArrayList<>();
        GitHub gitHub = GitHub.repository("acme/flows", TOKEN);
        WebhookServlet servlet =
                new WebhookServlet(gitHub.webhooks("the hook's secret"), changed -> toRead.add(changed.pullRequests()));

        assertThat(servlet).isNotNull();
        assertThat(toRead).isEmpty();
    }
}
