package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.releasepipeline.gitea.FollowCursor.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FollowCursorTest {
    private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");
    private static final FollowCursor CURSOR = new FollowCursor(
            "acme/flows",
            Stage.CHANGED,
            TIME,
            Optional.of(TIME.plusSeconds(9)),
            TIME.minusSeconds(9),
            new Place(7, 321, TIME.plusSeconds(1), new TreeSet<>(List.of(3L, 5_000_000_000L))));

    @Test
    void a_cursor_is_read_as_it_was_written() {
        assertThat(FollowCursor.parse(CURSOR.text(), "acme/flows")).isEqualTo(CURSOR);

        FollowCursor next = CURSOR.nextRound(java.time.Duration.ofMinutes(1));
        assertThat(FollowCursor.parse(next.text(), "acme/flows")).isEqualTo(next);
        assertThat(next.since()).isEqualTo(TIME.plusSeconds(9 - 60));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gitea-1",
                "gitea-1 acme/flows SOMETIMES 2026-03-01T10:00:00Z - 2026-03-01T10:00:00Z 1 -1 2026-03-01T10:00:00Z ",
                "gitea-1 acme/flows CHANGED yesterday - 2026-03-01T10:00:00Z 1 -1 2026-03-01T10:00:00Z ",
                "gitea-1 acme/flows CHANGED 2026-03-01T10:00:00Z - 2026-03-01T10:00:00Z one -1 2026-03-01T10:00:00Z ",
                "gitea-1 acme/flows CHANGED 2026-03-01T10:00:00Z - 2026-03-01T10:00:00Z 1 -1 2026-03-01T10:00:00Z a,b",
                "gitea-2 acme/flows CHANGED 2026-03-01T10:00:00Z - 2026-03-01T10:00:00Z 1 -1 2026-03-01T10:00:00Z ",
                "gitea-1 acme/other CHANGED 2026-03-01T10:00:00Z - 2026-03-01T10:00:00Z 1 -1 2026-03-01T10:00:00Z ",
                "gitea-1 acme/flows CHANGED 2026-03-01T10:00:00Z - 2026-03-01T10:00:00Z 0 -1 2026-03-01T10:00:00Z ",
            })
    void what_is_no_cursor_of_this_repository_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FollowCursor.parse(text, "acme/flows"))
                .withMessageContaining("begin without one");
    }

    @ParameterizedTest
    @CsvSource({
        "5, 100, 100, 0", // as long as before
        "5, 100, 120, 0", // longer
        "5, 100,  99, 1",
        "5, 100,  90, 1",
        "5, 100,  89, 2",
        "5, 100,   0, 4", // never before the first
        "1, 100,  50, 0",
        "5,  -1,  50, 0", // not known before
        "5, 100,  -1, 0", // not told now
    })
    void a_list_that_got_shorter_is_read_again_from_as_many_pages_before(int page, long was, long is, int expected) {
        Place place = new Place(page, was, TIME, new TreeSet<>());

        assertThat(place.pagesBack(new PullPage(List.of(), is, false), 10)).isEqualTo(expected);
    }
}
