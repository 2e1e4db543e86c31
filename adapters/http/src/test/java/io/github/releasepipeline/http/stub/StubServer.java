package io.github.releasepipeline.http.stub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A server on this machine that answers as a function says, and remembers every exchange. */
public final class StubServer implements AutoCloseable {
    static {
        // Else each keep-alive request takes 40 ms on JDK 17; read when the server's class is loaded.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "stub-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Function<Asked, Answer> answers;
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Duration latency = Duration.ZERO;

    private StubServer(HttpServer server, Function<Asked, Answer> answers) {
        this.server = server;
        this.answers = answers;
    }

    /** Starts a server on a free port of the loopback address. */
    public static StubServer start(Function<Asked, Answer> answers) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            StubServer stub = new StubServer(server, answers);
            server.setExecutor(stub.threads);
            server.createContext("/", stub::handle);
            server.start();
            return stub;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers each request so much later. */
    public StubServer latency(Duration time) {
        latency = time;
        return this;
    }

    /** Its address, without a path. */
    public URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** All exchanges so far, in the order of their answers. */
    public List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** All requests so far, as {@code GET /path?query}. */
    public List<String> requests() {
        return exchanges.stream().map(exchange -> exchange.asked().toString()).toList();
    }

    /** Forgets the exchanges so far. */
    public void forget() {
        exchanges.clear();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked asked = asked(exchange);
            Answer answer = answer(asked);
            closed.await(latency.toNanos(), TimeUnit.NANOSECONDS);
            exchanges.add(new Exchange(asked, answer));
            send(exchange, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A fault of a stub is told to the test as an answer that no service gives. */
    private Answer answer(Asked asked) {
        try {
            return answers.apply(asked);
        } catch (RuntimeException | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return Answer.of(599, "text/plain", trace.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException, InterruptedException {
        if (answer.delivery() == Answer.Delivery.LOST) {
            return;
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length == 0) {
            return;
        }
        OutputStream out = exchange.getResponseBody();
        if (answer.delivery() == Answer.Delivery.WHOLE) {
            out.write(body);
            out.close();
            return;
        }
        out.write(body, 0, body.length / 2);
        out.flush();
        if (answer.delivery() == Answer.Delivery.STALLED) {
            closed.await();
        }
    }

    private static Asked asked(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                headers,
                exchange.getRequestBody().readAllBytes());
    }
}
