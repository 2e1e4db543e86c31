package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.github.Cursor.Phase;
import io.github.releasepipeline.http.Call;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Reply;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestPage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same walk by REST. Pages by number shift while pull requests are closed and reopened, so a place is not a page: the
 * list is read from its beginning, which is cheap, and the pull requests themselves from the place on.
 */
final class RestWalk {
    /** Reading one pull request takes less, with all its requests. */
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    private final Connection connection;
    private final RestReader reader;

    RestWalk(Connection connection, RestReader reader) {
        this.connection = connection;
        this.reader = reader;
    }

    PullRequestPage page(Cursor from, int limit, Map<Long, PullRequest> told, Deadline deadline) {
        Cursor at = from;
        while (true) {
            Stand stand = phase(at, limit, told, deadline);
            List<PullRequest> changed = List.copyOf(told.values());
            if (!stand.over) {
                return new PullRequestPage(changed, stand.at.toString(), false);
            }
            if (at.phase() == Phase.OPEN) {
                return new PullRequestPage(changed, Walk.following(stand.at).toString(), true);
            }
            at = stand.at.at(Phase.OPEN, Optional.empty());
        }
    }

    private record Stand(Cursor at, boolean over) {}

    /** Tells what is left of a phase, up to the limit. */
    private Stand phase(Cursor from, int limit, Map<Long, PullRequest> told, Deadline deadline) {
        Cursor at = from;
        RestPlace place = RestPlace.of(from);
        Optional<Call> next = Optional.of(list(at.phase()));
        while (next.isPresent()) {
            Reply reply = connection.send(next.get(), deadline);
            at = at.begun(reply.at().orElseGet(() -> deadline.clock().instant()));
            for (JsonNode entry : reply.json()) {
                if (at.phase() == Phase.ENDED
                        && Fields.instant(entry, "updated_at").isBefore(at.since())) {
                    return new Stand(at, true);
                }
                if (place.passes(entry)) {
                    if (told.size() >= limit || isLate(told, deadline)) {
                        return new Stand(at.at(at.phase(), Optional.of(place.toString())), false);
                    }
                    PullRequest read = read(Fields.number(entry, "number"), deadline);
                    told.put(read.number(), read);
                }
                place = place.after(entry);
            }
            next = reply.next().map(Call::get);
        }
        return new Stand(at, true);
    }

    /** Better a short page than none: what is told is saved, and the next call goes on from there. */
    private static boolean isLate(Map<Long, PullRequest> told, Deadline deadline) {
        return !told.isEmpty() && deadline.left().compareTo(ENOUGH) < 0;
    }

    private PullRequest read(long number, Deadline deadline) {
        return reader.read(connection.read(connection.get("/pulls/{}", number), deadline), deadline);
    }

    private Call list(Phase phase) {
        Call list = connection.get("/pulls").query("per_page", 100);
        return phase == Phase.OPEN
                ? list.query("state", "open").query("sort", "created").query("direction", "asc")
                : list.query("state", "closed").query("sort", "updated").query("direction", "desc");
    }
}
