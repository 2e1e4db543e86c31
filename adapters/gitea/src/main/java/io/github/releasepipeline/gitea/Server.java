package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.http.Call;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.HttpApi;
import io.github.releasepipeline.http.Reply;
import java.util.concurrent.atomic.AtomicInteger;

/** What a server tells of itself. Thread-safe. */
final class Server {
    private static final int USUAL_PAGE = 50;

    private final HttpApi http;
    private final AtomicInteger pageSize = new AtomicInteger();

    Server(HttpApi http) {
        this.http = http;
    }

    /** Its version now: a server is updated while this process runs. */
    ServerVersion version(Deadline deadline) {
        return ServerVersion.parse(Fields.text(read("/version", deadline), "version"));
    }

    /** The most that it puts on a page; asked once. */
    int pageSize(Deadline deadline) {
        if (pageSize.get() == 0) {
            int most =
                    read("/settings/api", deadline).path("max_response_items").asInt(USUAL_PAGE);
            pageSize.set(most < 1 ? USUAL_PAGE : Math.min(most, USUAL_PAGE));
        }
        return pageSize.get();
    }

    private JsonNode read(String path, Deadline deadline) {
        // A token of few scopes or a proxy may keep these from us; then the least is assumed.
        Reply reply = http.send(Call.get(path).accept(403, 404), deadline);
        return reply.status() / 100 == 2 ? reply.json() : Fields.NOTHING;
    }
}
