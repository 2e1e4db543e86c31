package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Authorization;
import io.github.releasepipeline.http.Call;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.HttpApi;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens of an app's installation. One is asked for when there is none, ten minutes before the last one ends, and when
 * GitHub refuses it. Threads that need one at the same time wait for the same answer.
 */
final class InstallationTokens implements Authorization {
    private static final Duration SPARE = Duration.ofMinutes(10);

    private final HttpApi api;
    private final Repo repo;
    private final AppToken app;
    private final Optional<Long> installation;
    private final Map<String, String> permissions;
    private final HttpOptions options;
    private Duration ahead = Duration.ZERO;
    private String header = "";
    private Instant until = Instant.EPOCH;

    InstallationTokens(
            URI server,
            Repo repo,
            AppToken app,
            Optional<Long> installation,
            Map<String, String> permissions,
            HttpOptions options) {
        this.repo = repo;
        this.app = app;
        this.installation = installation;
        this.permissions = permissions;
        this.options = options;
        this.api = new HttpApi(server, new GitHubDialect(), new Signed(), options);
    }

    @Override
    public synchronized String header(Deadline deadline) {
        if (header.isEmpty() || !now().isBefore(until)) {
            renew(deadline);
        }
        return header;
    }

    @Override
    public synchronized boolean rejected(String rejected) {
        if (rejected.equals(header)) {
            header = "";
        }
        return true;
    }

    private void renew(Deadline deadline) {
        long id = installation.orElseGet(() -> find(deadline));
        ObjectNode body = Json.object();
        body.putArray("repositories").add(repo.name());
        if (!permissions.isEmpty()) {
            ObjectNode only = body.putObject("permissions");
            permissions.forEach(only::put);
        }
        Call order = Call.of("POST", "/app/installations/{}/access_tokens", id)
                .json(body)
                .asRepeatable();
        Reply reply = api.send(order.accept(401), deadline);
        reply.at().ifPresent(this::learn);
        if (reply.status() == 401) {
            // Signed by a clock that is wrong; it is right now, or the key is.
            reply = api.send(order, deadline);
        }
        JsonNode token = reply.json();
        until = Json.instant(token, "expires_at")
                .orElseGet(() -> now().plus(Duration.ofHours(1)))
                .minus(SPARE);
        header = "Bearer " + Fields.text(token, "token");
    }

    private long find(Deadline deadline) {
        Call call = Call.get("/repos/{}/{}/installation", repo.owner(), repo.name());
        Reply reply = api.send(call.accept(401), deadline);
        reply.at().ifPresent(this::learn);
        return Fields.number((reply.status() == 401 ? api.send(call, deadline) : reply).json(), "id");
    }

    /** GitHub's time: our clock may be wrong. */
    private Instant now() {
        return options.clock().instant().plus(ahead);
    }

    private void learn(Instant there) {
        ahead = Duration.between(options.clock().instant(), there);
    }

    @Override
    public String toString() {
        return "tokens of an app's installation";
    }

    /** The app itself, to ask for a token. */
    private final class Signed implements Authorization {
        @Override
        public String header(Deadline deadline) {
            return "Bearer " + app.at(now());
        }

        /** A wrong clock makes GitHub refuse it; nothing else would be better the second time. */
        @Override
        public boolean rejected(String rejected) {
            return false;
        }
    }
}
