package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Call;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.HttpApi;
import io.github.releasepipeline.http.Reply;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads and writes below one repository, for the time of one call of a port. */
final class Rest {
    /** No list that is read whole has more; a server that never ends must not keep us for ever. */
    private static final int MAX_PAGES = 500;

    private final HttpApi http;
    private final RepositoryName repository;
    private final int pageSize;
    private final Deadline deadline;

    /** @param pageSize the most that the server puts on a page */
    Rest(HttpApi http, RepositoryName repository, int pageSize, Deadline deadline) {
        this.http = http;
        this.repository = repository;
        this.pageSize = pageSize;
        this.deadline = deadline;
    }

    int pageSize() {
        return pageSize;
    }

    Deadline deadline() {
        return deadline;
    }

    /** The same below the repository's present name: reads are redirected after a rename, writes are not. */
    Rest named(Optional<String> fullName) {
        return fullName.map(name -> new Rest(http, RepositoryName.parse(name), pageSize, deadline))
                .orElse(this);
    }

    /** A request below the repository. */
    Call call(String method, String template, Object... parameters) {
        Object[] all = Stream.concat(Stream.of(repository.owner(), repository.name()), Stream.of(parameters))
                .toArray();
        return Call.of(method, "/repos/{}/{}" + template, all);
    }

    Reply send(Call call) {
        return http.send(call, deadline);
    }

    /** What is there; empty if nothing is, or if it must not be seen. */
    Optional<JsonNode> find(Call call) {
        Reply reply = http.send(call.asFresh().accept(403, 404), deadline);
        return reply.status() / 100 == 2 ? Optional.of(reply.json()) : Optional.empty();
    }

    /** All pages of a list. Totals in headers count one page only here and there, so a page that is not full is the last. */
    List<JsonNode> all(Call call) {
        return all(call, "");
    }

    /**
     * All pages of a list.
     *
     * @param field where it is in the answer; empty if it is the answer
     */
    List<JsonNode> all(Call call, String field) {
        Set<JsonNode> rows = new LinkedHashSet<>(); // what moved to the next page meanwhile comes twice
        for (int page = 1; page <= MAX_PAGES; page++) {
            Reply reply = http.send(page(call, page), deadline);
            JsonNode answer = reply.status() == 404 ? Fields.NOTHING : reply.json();
            List<JsonNode> found = Fields.list(field.isEmpty() ? answer : answer.path(field));
            rows.addAll(found);
            if (found.size() < pageSize) {
                return List.copyOf(rows);
            }
        }
        throw AdapterException.lasting("Gitea " + call.endpoint() + " has no end of pages", null);
    }

    private Call page(Call call, int page) {
        return call.query("page", page).query("limit", pageSize).asFresh().accept(404);
    }
}
