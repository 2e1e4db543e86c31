package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

/** How values become columns and come back. */
class ColumnProperties {
    @Property(tries = 500)
    void any_text_survives_escaping_and_is_storable(
            @ForAll @CharRange(to = '\uffff') @StringLength(max = 40) String text) {
        String column = Escaped.text(text);

        assertThat(Escaped.read(column)).isEqualTo(text);
        assertThat(column).doesNotContain("\u0000");
        assertThat(new String(column.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(column);
    }

    @Property(tries = 500)
    void keys_of_different_texts_differ_and_fit_into_an_index(
            @ForAll @CharRange(to = '\uffff') @StringLength(max = 40) String one,
            @ForAll @CharRange(to = '\uffff') @StringLength(max = 40) String other,
            @ForAll @IntRange(min = 1, max = 40) int times) {
        String key = Escaped.key(one.repeat(times));

        assertThat(key.equals(Escaped.key(other.repeat(times)))).isEqualTo(one.equals(other));
        assertThat(key.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1000);
    }

    @Example
    void a_text_that_looks_like_the_digest_of_another_is_another_key() {
        String longText = "x".repeat(1000);

        assertThat(Escaped.key(Escaped.key(longText))).isNotEqualTo(Escaped.key(longText));
    }

    @Property(tries = 500)
    void a_window_of_microseconds_holds_exactly_what_the_window_holds(
            @ForAll @LongRange(min = -3_000, max = 3_000) long at,
            @ForAll @LongRange(min = -3_000, max = 3_000) long bound) {
        Instant instant = Instant.EPOCH.plusNanos(at / 1000 * 1000);
        Instant from = Instant.EPOCH.plusNanos(bound);

        assertThat(Micros.of(instant) >= Micros.bound(from)).isEqualTo(!instant.isBefore(from));
    }

    @Example
    void the_ends_of_time_are_kept_apart() {
        assertThat(Micros.of(Instant.MIN)).isLessThan(Micros.of(Instant.EPOCH));
        assertThat(Micros.of(Instant.MAX)).isGreaterThan(Micros.of(Instant.EPOCH));
    }

    @Property(tries = 300)
    void a_cursor_comes_back_and_belongs_to_its_list(@ForAll long order, @ForAll String place) {
        String stored = Escaped.text(place);
        Cursor cursor = new Cursor("release", order, stored);

        assertThat(Cursor.parse("release", cursor.text())).isEqualTo(cursor);
        assertThatIllegalArgumentException().isThrownBy(() -> Cursor.parse("version", cursor.text()));
        assertThatIllegalArgumentException().isThrownBy(() -> Cursor.parse("release", cursor.text() + "!"));
        assertThatIllegalArgumentException().isThrownBy(() -> Cursor.parse("release", place));
    }
}
