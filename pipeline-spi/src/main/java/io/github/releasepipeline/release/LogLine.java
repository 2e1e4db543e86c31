package io.github.releasepipeline.release;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One line of a release's log.
 *
 * @param sequence its place, from 1 without gaps within the release
 * @param entry the line
 */
public record LogLine(long sequence, LogEntry entry) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** As people read it: {@code [2024-03-19 14:23:17] ✓ Database connection healthy}. */
    public String format(ZoneId zone) {
        String mark = switch (entry.level()) {
            case INFO -> "";
            case SUCCESS -> "✓ ";
            case WARNING -> "! ";
            case ERROR -> "✗ ";
        };
        return "[" + TIME.format(entry.at().atZone(zone)) + "] " + mark + entry.text();
    }
}
