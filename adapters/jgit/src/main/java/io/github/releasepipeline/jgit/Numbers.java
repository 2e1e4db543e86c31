package io.github.releasepipeline.jgit;

import io.github.releasepipeline.item.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers of pull requests. Real ones are read from names of branches and from trailers; where there is none, a number is
 * derived from a text that does not change, in a range far above real numbers and exact in JSON.
 */
final class Numbers {
    private static final long DERIVED = 1L << 40;
    private static final Pattern IN_BRANCH = Pattern.compile(
            "(?:^|/)(?:pr|pull|mr)?[-_#]?(?!\\d{4}-\\d{2}-\\d{2})([1-9]\\d{0,8})(?=$|[-_/])", Pattern.CASE_INSENSITIVE);
    private static final Pattern IN_TRAILER = Pattern.compile("[#!]?([1-9]\\d{0,14})");

    private Numbers() {}

    /** {@code pr/342}, {@code 342-add-x}, {@code feature/342-x}, but not {@code release/2.0} or a date. */
    static Optional<Long> inBranch(String name) {
        Matcher matcher = IN_BRANCH.matcher(name);
        return matcher.find() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** The trailer {@code Pull-Request: #342}; the last one counts. */
    static Optional<Long> inTrailer(Message message) {
        return message.lastTrailer("Pull-Request")
                .map(IN_TRAILER::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Long.valueOf(matcher.group(1)));
    }

    /** The same text gives the same number, today and on every machine. */
    static long derived(String text) {
        byte[] hash = Digest.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return DERIVED + (ByteBuffer.wrap(hash).getLong() & (DERIVED - 1));
    }

    /** What names a pull request that has a number. */
    static String key(long number) {
        return "#" + number;
    }

    /** What names a pull request that has a branch and no number. */
    static String key(String branch) {
        return "branch " + branch;
    }

    /** The number of the next pull request under the same name. */
    static long after(String key, Merged before) {
        return derived(key + "\n" + before.merge().name());
    }
}
