package io.github.releasepipeline.gitea;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of a list of pull requests.
 *
 * @param rows as listed
 * @param total how long the whole list is; -1 if the server does not tell
 * @param last whether there is no further page
 */
record PullPage(List<PullRow> rows, long total, boolean last) {
    PullPage {
        rows = List.copyOf(rows);
    }

    /** The change that heads the page. */
    Optional<Instant> newest() {
        return rows.stream().map(PullRow::updatedAt).findFirst();
    }

    /** Whether no further page has anything that was changed since. */
    boolean isLast(Instant since) {
        return last || rows.stream().anyMatch(row -> row.updatedAt().isBefore(since));
    }
}
