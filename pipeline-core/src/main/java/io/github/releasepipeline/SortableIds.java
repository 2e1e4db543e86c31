package io.github.releasepipeline;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;

/** Ids of 26 characters that sort by time: 48 bits of milliseconds, 80 random bits, in Crockford's base 32 (the ULID form). */
final class SortableIds implements Supplier<String> {
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    SortableIds(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String get() {
        byte[] drawn = new byte[2 * Long.BYTES]; // at once: each draw takes a lock
        random.nextBytes(drawn);
        ByteBuffer bits = ByteBuffer.wrap(drawn);
        StringBuilder id = new StringBuilder(26);
        digits(id, clock.millis(), 10);
        digits(id, bits.getLong(), 8);
        digits(id, bits.getLong(), 8);
        return id.toString();
    }

    private static void digits(StringBuilder id, long bits, int count) {
        for (int i = count - 1; i >= 0; i--) {
            id.append(DIGITS[(int) ((bits >>> (5 * i)) & 31)]);
        }
    }
}
