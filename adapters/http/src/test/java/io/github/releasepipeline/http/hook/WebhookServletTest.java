package io.github.releasepipeline.http.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookServletTest {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ConcurrentLinkedQueue<WebhookVerdict.Changed> told = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<WebhookVerdict.Changed> forgotten = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean broken = new AtomicBoolean();

    @BeforeEach
    void start() throws Exception {
        connector.setHost("localhost");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/hooks");
        context.addServlet(new WebhookServlet(new Plain(), this::hear), "/forge");
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void a_change_is_told_and_answered_202() throws Exception {
        assertThat(post("changed 7", "X-Word", "open sesame").statusCode()).isEqualTo(202);
        assertThat(told).extracting(WebhookVerdict.Changed::pullRequests).containsExactly(Set.of(7L));
    }

    @Test
    void bytes_arrive_as_they_were_sent() throws Exception {
        String text = "changed 7 \u00fc \u0000 \r\n\t";

        post(text, "X-Word", "open sesame");

        assertThat(told).extracting(WebhookVerdict.Changed::signature).containsExactly(text);
    }

    @Test
    void what_is_not_genuine_is_answered_401_and_told_nobody() throws Exception {
        HttpResponse<String> response = post("changed 7", "X-Other", "x");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEqualTo("rejected: no word");
        assertThat(told).isEmpty();
    }

    @Test
    void what_needs_nothing_is_answered_200() throws Exception {
        assertThat(post("ping", "X-Word", "open sesame").statusCode()).isEqualTo(200);
        assertThat(told).isEmpty();
    }

    @Test
    void a_listener_that_fails_is_answered_500_and_the_delivery_forgotten() throws Exception {
        broken.set(true);

        assertThat(post("changed 7", "X-Word", "open sesame").statusCode()).isEqualTo(500);
        assertThat(forgotten).hasSize(1);
    }

    @Test
    void only_post_is_understood() throws Exception {
        HttpRequest get = HttpRequest.newBuilder(address()).build();

        assertThat(HttpClient.newHttpClient().send(get, BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void what_is_too_long_is_answered_413() throws Exception {
        assertThat(post("x".repeat((25 << 20) + 1), "X-Word", "open sesame").statusCode())
                .isEqualTo(413);
    }

    private void hear(WebhookVerdict.Changed changed) {
        if (broken.get()) {
            throw new IllegalStateException("the queue is full");
        }
        told.add(changed);
    }

    private URI address() {
        return URI.create("http://localhost:" + connector.getLocalPort() + "/hooks/forge");
    }

    private HttpResponse<String> post(String body, String header, String value)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address())
                .header(header, value)
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    /** Trusts a word, and keeps the text where others keep a signature. */
    private final class Plain implements WebhookReceiver {
        @Override
        public WebhookVerdict receive(Map<String, List<String>> headers, byte[] body) {
            String text = new String(body, StandardCharsets.UTF_8);
            if (new HookHeaders(headers).single("x-word").isEmpty()) {
                return new WebhookVerdict.Rejected("no word");
            }
            return text.startsWith("changed")
                    ? new WebhookVerdict.Changed("d", text, "acme/flows", Set.of(7L))
                    : new WebhookVerdict.Ignored("nothing changed");
        }

        @Override
        public void forget(WebhookVerdict.Changed delivery) {
            forgotten.add(delivery);
        }
    }
}
