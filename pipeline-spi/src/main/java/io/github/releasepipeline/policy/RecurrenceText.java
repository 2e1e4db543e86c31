package io.github.releasepipeline.policy;

import io.github.releasepipeline.policy.Recurrence.Day;
import io.github.releasepipeline.policy.Recurrence.Frequency;
import io.github.releasepipeline.subject.Text;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A recurrence as RFC 5545 writes it. */
final class RecurrenceText {
    private static final List<String> PARTS = List.of("FREQ", "INTERVAL", "BYDAY", "COUNT", "UNTIL");
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
    private static final int MAX_LENGTH = 500;

    private RecurrenceText() {}

    static Recurrence parse(String rule) {
        if (rule.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("A recurrence has at most " + MAX_LENGTH + " characters");
        }
        Map<String, String> parts = parts(rule);
        String frequency = parts.get("FREQ");
        if (frequency == null) {
            throw new IllegalArgumentException("A recurrence says FREQ=DAILY, WEEKLY, MONTHLY or YEARLY");
        }
        return new Recurrence(
                frequency(frequency),
                number("INTERVAL", parts.getOrDefault("INTERVAL", "1")),
                parts.containsKey("BYDAY") ? days(parts.getOrDefault("BYDAY", "")) : List.of(),
                Optional.ofNullable(parts.get("COUNT")).map(text -> number("COUNT", text)),
                Optional.ofNullable(parts.get("UNTIL")).map(RecurrenceText::until));
    }

    static String write(Recurrence recurrence) {
        List<String> parts = new ArrayList<>();
        parts.add("FREQ=" + recurrence.frequency());
        if (recurrence.interval() > 1) {
            parts.add("INTERVAL=" + recurrence.interval());
        }
        if (!recurrence.days().isEmpty()) {
            parts.add("BYDAY=" + recurrence.days().stream().map(Day::toString).collect(Collectors.joining(",")));
        }
        recurrence.count().ifPresent(count -> parts.add("COUNT=" + count));
        recurrence.until().ifPresent(until -> parts.add("UNTIL=" + UTC.format(until.atOffset(ZoneOffset.UTC))));
        return String.join(";", parts);
    }

    private static Map<String, String> parts(String rule) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : rule.strip().toUpperCase(Locale.ROOT).split(";", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (equals < 0 || !PARTS.contains(name)) {
                throw new IllegalArgumentException("A recurrence has no part '" + shown(part)
                        + "'; those that it may have" + " are " + String.join(", ", PARTS));
            }
            if (parts.put(name, part.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("A recurrence says " + name + " once");
            }
        }
        return parts;
    }

    private static Frequency frequency(String text) {
        return Arrays.stream(Frequency.values())
                .filter(frequency -> frequency.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "FREQ is one of " + Arrays.toString(Frequency.values()) + ", not '" + shown(text) + "'"));
    }

    private static int number(String part, String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(part + " is a whole number, not '" + shown(text) + "'");
        }
        return Integer.parseInt(text);
    }

    private static List<Day> days(String text) {
        return Arrays.stream(text.split(",", -1)).map(RecurrenceText::day).toList();
    }

    private static Day day(String text) {
        if (!text.matches("([+-]?[1-5])?[A-Z]{2}")) {
            throw wrongDay(text);
        }
        int split = text.length() - 2;
        int place = split == 0 ? 0 : Integer.parseInt(text.substring(0, split));
        DayOfWeek weekday = Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().startsWith(text.substring(split)))
                .findFirst()
                .orElseThrow(() -> wrongDay(text));
        return new Day(place, weekday);
    }

    private static IllegalArgumentException wrongDay(String text) {
        return new IllegalArgumentException(
                "BYDAY lists MO, TU, WE, TH, FR, SA, SU, in a month also such as 1MO and -1FR, not '" + shown(text)
                        + "'");
    }

    private static Instant until(String text) {
        try {
            return LocalDateTime.parse(text, UTC).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "UNTIL is a time in UTC such as 20271231T235959Z, not '" + shown(text) + "'", e);
        }
    }

    private static String shown(String text) {
        return Text.shown(text, 60);
    }
}
