package io.github.releasepipeline.examples.benchmarks.lifecycle;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A recorded value that is written again for another release. */
sealed interface Cell {
    /**
     * For which release a value is written.
     *
     * @param id the release's
     * @param environment the name of its environment
     * @param earlier how many releases that environment had since the recording
     */
    record Subject(String id, String environment, long earlier) {}

    void bind(PreparedStatement statement, int index, Subject subject) throws SQLException;

    /** Always the same. */
    record Fixed(@Nullable Object value, int type) implements Cell {
        @Override
        public void bind(PreparedStatement statement, int index, Subject subject) throws SQLException {
            statement.setObject(index, value, type);
        }
    }

    /** Grows with each release of the environment. */
    record Growing(long value, long step) implements Cell {
        @Override
        public void bind(PreparedStatement statement, int index, Subject subject) throws SQLException {
            statement.setLong(index, value + step * subject.earlier());
        }
    }

    /** A text in which release and environment are named, as the texts between those names. */
    record Naming(List<List<String>> parts) implements Cell {
        static Cell of(String text, String id, String environment) {
            return new Naming(split(text, environment).stream()
                    .map(part -> split(part, id))
                    .toList());
        }

        private static List<String> split(String text, String name) {
            return List.of(text.split(Pattern.quote(name), -1));
        }

        @Override
        public void bind(PreparedStatement statement, int index, Subject subject) throws SQLException {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < parts.size(); i++) {
                if (i > 0) {
                    text.append(subject.environment());
                }
                text.append(String.join(subject.id(), parts.get(i)));
            }
            statement.setString(index, text.toString());
        }
    }

    static Cell number(@Nullable String text) {
        return new Fixed(text == null ? null : Long.valueOf(text), Types.BIGINT);
    }
}
