package io.github.releasepipeline.http.hook;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives web hooks in a servlet container. Answers 202 for changes, 200 for what is genuine and needs nothing, 401 for
 * what is not genuine, 413 for what is too long, 500 if the listener fails: the forge may then send it again.
 */
public final class WebhookServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(WebhookServlet.class);

    /** GitHub sends up to 25 MB. */
    private static final int MAX_BYTES = 25 << 20;

    private final transient WebhookReceiver receiver;
    private final transient Consumer<WebhookVerdict.Changed> listener;

    /**
     * A servlet to be registered at a path of the host's choice, without the host's own authentication before it.
     *
     * @param receiver judges deliveries
     * @param listener is told of changes before the forge is answered: hand them to a thread of your own
     */
    public WebhookServlet(WebhookReceiver receiver, Consumer<WebhookVerdict.Changed> listener) {
        this.receiver = receiver;
        this.listener = listener;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            answer(response, 413, "longer than " + MAX_BYTES + " bytes");
            return;
        }
        WebhookVerdict verdict = receiver.receive(headers(request), body);
        if (verdict instanceof WebhookVerdict.Rejected rejected) {
            LOG.warn("Rejected a web hook from {}: {}", request.getRemoteAddr(), rejected.reason());
            answer(response, 401, "rejected: " + rejected.reason());
        } else if (verdict instanceof WebhookVerdict.Changed changed) {
            tell(changed, response);
        } else if (verdict instanceof WebhookVerdict.Ignored ignored) {
            answer(response, 200, "ignored: " + ignored.reason());
        }
    }

    private void tell(WebhookVerdict.Changed changed, HttpServletResponse response) throws IOException {
        try {
            listener.accept(changed);
        } catch (RuntimeException e) {
            receiver.forget(changed);
            LOG.error("Delivery {} of a web hook could not be acted on", changed.delivery(), e);
            answer(response, 500, "could not be acted on; send it again");
            return;
        }
        answer(response, 202, "accepted");
    }

    private static void answer(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        return headers;
    }
}
