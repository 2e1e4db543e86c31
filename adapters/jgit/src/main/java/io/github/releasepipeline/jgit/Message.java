package io.github.releasepipeline.jgit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.FooterLine;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * A commit message, cut to sane lengths: people and programs write anything into it.
 *
 * @param subject the first paragraph, in one line
 * @param body the rest without trailers
 * @param trailers the {@code Key: value} lines of the last paragraph, in order
 */
record Message(String subject, String body, List<FooterLine> trailers) {
    private static final int MAX_SUBJECT = 1_000;
    private static final int MAX_BODY = 65_536;
    private static final int MAX_TRAILERS = 16_384;

    static Message of(RevCommit commit) {
        String text = commit.getFullMessage();
        String end = text.substring(Math.max(0, text.length() - MAX_TRAILERS));
        List<FooterLine> trailers = FooterLine.fromMessage(end);
        String begin = text.length() > MAX_BODY ? text.substring(0, MAX_BODY) : text;
        return new Message(
                cut(commit.getShortMessage().strip(), MAX_SUBJECT),
                body(begin, begin.length() == text.length() && !trailers.isEmpty()),
                trailers);
    }

    /** Values of a trailer, in any case, in order, blank ones left out. */
    Stream<String> trailer(String key) {
        return trailers.stream()
                .filter(line -> line.getKey().equalsIgnoreCase(key))
                .map(line -> line.getValue().strip())
                .filter(value -> !value.isEmpty());
    }

    /** The last value of a trailer. */
    Optional<String> lastTrailer(String key) {
        return trailer(key).reduce((first, second) -> second);
    }

    /** The first line of the body that says something. */
    Optional<String> firstBodyLine() {
        return body.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .map(line -> cut(line, MAX_SUBJECT));
    }

    private static String body(String text, boolean hasTrailers) {
        String stripped = text.strip();
        int afterSubject = paragraphEnd(stripped, 0);
        int beforeTrailers = hasTrailers ? lastParagraph(stripped) : stripped.length();
        return afterSubject >= beforeTrailers
                ? ""
                : stripped.substring(afterSubject, beforeTrailers).strip();
    }

    private static int paragraphEnd(String text, int from) {
        int line = from;
        while (line < text.length()) {
            int end = text.indexOf('\n', line);
            if (end < 0) {
                return text.length();
            }
            int next = text.indexOf('\n', end + 1);
            if (text.substring(end + 1, next < 0 ? text.length() : next).isBlank()) {
                return end;
            }
            line = end + 1;
        }
        return text.length();
    }

    private static int lastParagraph(String text) {
        int end = text.length();
        while (true) {
            int start = text.lastIndexOf('\n', end - 1);
            if (start < 0) {
                return 0;
            }
            if (text.substring(start, end).isBlank()) {
                return start;
            }
            end = start;
        }
    }

    static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end);
    }
}
