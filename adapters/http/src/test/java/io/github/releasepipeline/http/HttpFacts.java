package io.github.releasepipeline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import io.github.releasepipeline.http.stub.Exchange;
import io.github.releasepipeline.http.stub.StubServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/** What the facts about the client share: servers that are stopped after each, and a client that may know a secret. */
abstract class HttpFacts {
    static final String TOKEN = "s3cr3t-t0k3n";
    static final Call READ = Call.get("/things/{}", 7);
    static final Call WRITE = Call.of("PUT", "/things/{}", 7).json(Json.object());

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    StubServer server(Function<Asked, Answer> answers) {
        StubServer server = StubServer.start(answers);
        open.push(server);
        return server;
    }

    StubServer script(Answer... answers) {
        Deque<Answer> left = new ConcurrentLinkedDeque<>(List.of(answers));
        return server(asked -> left.size() > 1 ? left.pop() : left.getFirst());
    }

    static HttpApi api(StubServer server) {
        return api(server.base(), HttpOptions.standard());
    }

    static HttpApi api(URI base, HttpOptions options) {
        return new HttpApi(base, new Told("Forge"), Authorization.of("Bearer", TOKEN), options);
    }

    static AdapterException failure(HttpApi api, Call call) {
        return failure(api, call, Duration.ofSeconds(10));
    }

    static AdapterException failure(HttpApi api, Call call, Duration time) {
        AdapterException failure = catchThrowableOfType(
                AdapterException.class,
                () -> api.send(call, Deadline.in(time, HttpOptions.standard().clock())));
        assertThat(failure).hasMessageStartingWith("Forge " + call.method() + " /");
        assertThat(failure.getMessage() + failure.getCause()).doesNotContain(TOKEN);
        return failure;
    }

    static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(10), HttpOptions.standard().clock());
    }

    static Asked asked(StubServer server) {
        return server.exchanges().stream().map(Exchange::asked).findFirst().orElseThrow();
    }

    static String http(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    static long busy() {
        long sum = 0;
        for (int i = 0; i < 3_000_000; i++) {
            sum += i ^ (sum << 1);
        }
        return Math.abs(sum);
    }

    /** Reads explanation and permission from headers. */
    record Told(String name) implements Dialect {
        @Override
        public Optional<String> explanation(Reply reply) {
            return reply.header("x-words");
        }

        @Override
        public Optional<String> missingPermission(Reply reply) {
            return reply.header("x-missing");
        }
    }

    /** Gives the tokens 1, 2 … up to one more than it may renew. */
    static final class Renewable implements Authorization {
        private final int most;
        private int current = 1;

        Renewable(int renewals) {
            this.most = renewals + 1;
        }

        @Override
        public synchronized String header(Deadline deadline) {
            return "Bearer " + current;
        }

        @Override
        public synchronized boolean rejected(String header) {
            if (header.equals("Bearer " + current) && current < most) {
                current++;
                return true;
            }
            return false;
        }
    }
}
