package io.github.releasepipeline.dbscheduler;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the table holds of a release, as text that people can read.
 *
 * @param token under which it is driven
 * @param kind whether it has to be taken over first
 */
record Order(long token, Kind kind) {
    enum Kind {
        /** Nobody has driven the release under this token, or whoever did has ended the run in an orderly way. */
        DRIVE,
        /** Somebody may still be driving it. */
        TAKE_OVER
    }

    static Order drive(long token) {
        return new Order(token, Kind.DRIVE);
    }

    static Order takeOver(long token) {
        return new Order(token, Kind.TAKE_OVER);
    }

    /** The form in the table. */
    static final Serializer TEXT = new Serializer() {
        @Override
        public byte[] serialize(@Nullable Object data) {
            String text = data instanceof Order order ? order.kind() + " " + order.token() : "";
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] stored) {
            String[] words = new String(stored, StandardCharsets.UTF_8).split(" ", 2);
            return type.cast(new Order(Long.parseLong(words[1]), Kind.valueOf(words[0])));
        }
    };
}
