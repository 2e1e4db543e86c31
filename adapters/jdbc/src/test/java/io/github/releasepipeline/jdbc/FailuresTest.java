package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.error.AdapterException;
import java.io.EOFException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final Failures failures = new Failures(Dialect.POSTGRESQL, "PostgreSQL");

    @Test
    void a_connection_that_broke_is_recognised_by_its_state_or_by_its_cause() {
        assertThat(passes(new SQLException("An I/O error occurred", "08006"))).isTrue();
        assertThat(passes(new SQLException("terminating connection", "57P01"))).isTrue();
        assertThat(passes(new SQLException("Something unusual has occurred", "99999", new EOFException())))
                .isTrue();
        assertThat(passes(new SQLException("Something unusual has occurred", "99999", new IllegalStateException())))
                .isFalse();
        assertThat(passes(new SQLException("syntax error", "42601"))).isFalse();
    }

    private boolean passes(SQLException error) {
        return failures.translate("the outbox", error) instanceof AdapterException translated
                && translated.retryable()
                && translated.withoutEffect();
    }
}
