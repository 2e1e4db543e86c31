package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Authorization;
import io.github.releasepipeline.http.Call;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.HttpApi;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One repository at one GitHub, asked as one account. */
final class Connection {
    private static final Set<Integer> MOVED = Set.of(301, 307, 308);

    /** No list that is read whole has more pages; a server that never ends must not keep us for ever. */
    private static final int MAX_PAGES = 100;

    private final HttpApi api;
    private final HttpOptions options;
    private volatile Repo repo;

    Connection(URI server, Repo repo, Authorization authorization, HttpOptions options) {
        this.api = new HttpApi(server, new GitHubDialect(), authorization, options);
        this.options = options;
        this.repo = repo;
    }

    Repo repo() {
        return repo;
    }

    HttpApi api() {
        return api;
    }

    Deadline deadline() {
        return Deadline.in(options.patience(), options.clock());
    }

    /** A read below the repository. */
    Call get(String template, Object... parameters) {
        return of("GET", template, parameters);
    }

    /** A request below the repository. */
    Call of(String method, String template, Object... parameters) {
        return Call.of(method, "/repos/{}/{}", repo.owner(), repo.name()).below(template, parameters);
    }

    Reply send(Call call, Deadline deadline) {
        return api.send(call, deadline);
    }

    JsonNode read(Call call, Deadline deadline) {
        return api.send(call, deadline).json();
    }

    /**
     * Sends a write. A repository that was renamed or transferred redirects; the write then goes to its new name.
     *
     * @param call made again for the new name
     */
    Reply write(Function<Connection, Call> call, Deadline deadline) {
        Reply reply = api.send(call.apply(this).accept(301, 307, 308), deadline);
        if (!MOVED.contains(reply.status())) {
            return reply;
        }
        JsonNode moved = read(get("").asFresh(), deadline);
        repo = Json.text(moved, "full_name")
                .map(Repo::parse)
                .orElseThrow(
                        () -> AdapterException.lasting("GitHub says that " + repo + " moved, and not whereto", null));
        return api.send(call.apply(this), deadline);
    }

    /**
     * All entries of all pages.
     *
     * @param field of the page that holds the entries; empty if the page is the list
     */
    List<JsonNode> all(Call first, Optional<String> field, Deadline deadline) {
        List<JsonNode> entries = new ArrayList<>();
        Optional<Call> next = Optional.of(first.target().contains("per_page=") ? first : first.query("per_page", 100));
        for (int page = 0; next.isPresent(); page++) {
            if (page == MAX_PAGES) {
                throw AdapterException.lasting("GitHub " + first.endpoint() + " has no end of pages", null);
            }
            Reply reply = api.send(next.get(), deadline);
            JsonNode json = reply.json();
            field.map(json::path).orElse(json).forEach(entries::add);
            next = reply.next().map(Call::get).map(call -> first.fresh() ? call.asFresh() : call);
        }
        return entries;
    }
}
