package io.github.releasepipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.policy.Recurrence.Day;
import io.github.releasepipeline.policy.Recurrence.Frequency;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {
    @Test
    void a_rule_is_read_as_rfc_5545_writes_it() {
        assertThat(Recurrence.parse("FREQ=DAILY"))
                .isEqualTo(new Recurrence(Frequency.DAILY, 1, List.of(), Optional.empty(), Optional.empty()));
        assertThat(Recurrence.parse(" until=20271231t235959z;byday=-1fr,+2mo,we;interval=3;freq=monthly "))
                .isEqualTo(new Recurrence(
                        Frequency.MONTHLY,
                        3,
                        List.of(
                                new Day(2, DayOfWeek.MONDAY),
                                new Day(0, DayOfWeek.WEDNESDAY),
                                new Day(-1, DayOfWeek.FRIDAY)),
                        Optional.empty(),
                        Optional.of(Instant.parse("2027-12-31T23:59:59Z"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=DAILY",
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
                "FREQ=MONTHLY;INTERVAL=1000;BYDAY=1MO,-5FR;COUNT=1000",
                "FREQ=YEARLY;INTERVAL=2;UNTIL=20271231T235959Z"
            })
    void a_rule_is_written_as_it_is_read(String rule) {
        assertThat(Recurrence.parse(rule)).hasToString(rule);
    }

    @Test
    void the_order_of_days_and_repetitions_of_them_make_no_other_rule() {
        assertThat(Recurrence.parse("FREQ=WEEKLY;BYDAY=SU,MO,SU"))
                .isEqualTo(Recurrence.parse("FREQ=WEEKLY;BYDAY=MO,SU"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|A recurrence has no part ''; those that it may have are FREQ, INTERVAL, BYDAY, COUNT, UNTIL",
                "INTERVAL=2|A recurrence says FREQ=DAILY, WEEKLY, MONTHLY or YEARLY",
                "FREQ=HOURLY|FREQ is one of [DAILY, WEEKLY, MONTHLY, YEARLY], not 'HOURLY'",
                "FREQ=DAILY;BYHOUR=9|A recurrence has no part 'BYHOUR=9'; those that it may have are FREQ, INTERVAL, BYDAY, COUNT, UNTIL",
                "FREQ=DAILY;|A recurrence has no part ''; those that it may have are FREQ, INTERVAL, BYDAY, COUNT, UNTIL",
                "FREQ=DAILY;FREQ=DAILY|A recurrence says FREQ once",
                "FREQ=DAILY;INTERVAL=0|INTERVAL is from 1 to 1000, not 0",
                "FREQ=DAILY;INTERVAL=1001|INTERVAL is from 1 to 1000, not 1001",
                "FREQ=DAILY;INTERVAL=-1|INTERVAL is a whole number, not '-1'",
                "FREQ=DAILY;COUNT=99999999999|COUNT is a whole number, not '99999999999'",
                "FREQ=DAILY;COUNT=1001|COUNT is from 1 to 1000, not 1001",
                "FREQ=DAILY;COUNT=0|COUNT is from 1 to 1000, not 0",
                "FREQ=DAILY;COUNT=2;UNTIL=20271231T235959Z|A recurrence ends by COUNT or by UNTIL, not by both",
                "FREQ=DAILY;UNTIL=20271231|UNTIL is a time in UTC such as 20271231T235959Z, not '20271231'",
                "FREQ=DAILY;UNTIL=20271331T000000Z|UNTIL is a time in UTC such as 20271231T235959Z, not '20271331T000000Z'",
                "FREQ=WEEKLY;BYDAY=|BYDAY lists MO, TU, WE, TH, FR, SA, SU, in a month also such as 1MO and -1FR, not ''",
                "FREQ=WEEKLY;BYDAY=MX|BYDAY lists MO, TU, WE, TH, FR, SA, SU, in a month also such as 1MO and -1FR, not 'MX'",
                "FREQ=MONTHLY;BYDAY=6MO|BYDAY lists MO, TU, WE, TH, FR, SA, SU, in a month also such as 1MO and -1FR, not '6MO'",
                "FREQ=WEEKLY;BYDAY=1MO|Numbered days such as 1MO or -1FR need FREQ=MONTHLY, not WEEKLY",
                "FREQ=YEARLY;BYDAY=MO|FREQ=YEARLY takes no BYDAY: it comes again on the date of the start"
            })
    void what_is_not_understood_is_named(String rule, String problem) {
        assertThatThrownBy(() -> Recurrence.parse(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem);
    }

    @Test
    void an_endless_rule_is_not_repeated_to_whoever_sent_it() {
        assertThatThrownBy(() -> Recurrence.parse("FREQ=" + "A".repeat(10_000)))
                .hasMessage("A recurrence has at most 500 characters");
        assertThatThrownBy(() -> Recurrence.parse("FREQ=" + "A".repeat(400)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(150));
    }

    @Test
    void a_month_has_no_sixth_monday() {
        for (int place : new int[] {-6, 6}) {
            assertThatThrownBy(() -> new Day(place, DayOfWeek.MONDAY)).hasMessageEndingWith("not number " + place);
        }
    }
}
