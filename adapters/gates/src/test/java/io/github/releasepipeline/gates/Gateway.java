package io.github.releasepipeline.gates;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service on this machine that gives the same answer to all, but for {@code /there}. Not the stub server of
 * {@code pipeline-http}: that is in a jar of tests, which is not there yet when an example is run without packaging.
 */
final class Gateway implements AutoCloseable {
    /** How far an answer comes. */
    enum Delivery {
        WHOLE,
        /** The connection ends before anything is answered. */
        LOST,
        /** The head and half of the body, then the connection ends. */
        CUT,
        /** The head and half of the body, then nothing until the service is closed. */
        STALLED
    }

    record Answer(int status, Map<String, String> headers, byte[] body, Delivery delivery) {
        static Answer json(int status, String json) {
            return of(status, "application/json; charset=utf-8", json.getBytes(StandardCharsets.UTF_8));
        }

        static Answer of(int status, String type, byte[] body) {
            return new Answer(status, Map.of("Content-Type", type), body, Delivery.WHOLE);
        }

        static Answer redirect(String location) {
            return new Answer(302, Map.of("Location", location), new byte[0], Delivery.WHOLE);
        }

        Answer header(String name, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(name, value);
            return new Answer(status, more, body, delivery);
        }

        Answer delivered(Delivery way) {
            return new Answer(status, headers, body, way);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Answer answer;

    Gateway(Answer first) {
        answer = first;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    void answers(Answer value) {
        answer = value;
    }

    URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** As {@code GET /path?query}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            authorizations.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
            send(exchange, exchange.getRequestURI().getPath().equals("/there") ? Answer.json(200, "{}") : answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(HttpExchange exchange, Answer wanted) throws IOException, InterruptedException {
        if (wanted.delivery() == Delivery.LOST) {
            return;
        }
        wanted.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = wanted.body();
        exchange.sendResponseHeaders(wanted.status(), body.length == 0 ? -1 : body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, wanted.delivery() == Delivery.WHOLE ? body.length : body.length / 2);
        out.flush();
        if (wanted.delivery() == Delivery.STALLED) {
            closed.await();
        }
    }
}
