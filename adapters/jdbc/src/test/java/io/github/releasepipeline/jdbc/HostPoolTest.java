package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.error.AdapterException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Pools of hosts do as they like. */
class HostPoolTest {
    private final DataSource database = EachDatabase.sqlite();
    private final AtomicBoolean broken = new AtomicBoolean();

    @Test
    void what_was_done_stands_if_its_connection_is_found_dead_when_it_is_given_back() {
        try (JdbcPipelineStore store = JdbcPipelineStore.on(pool())) {
            broken.set(true);
            assertThat(done(store)).isEqualTo("done");
            broken.set(false);
        }
    }

    @Test
    void a_pool_that_throws_what_it_likes_has_no_effect_and_may_be_asked_again() {
        AtomicBoolean away = new AtomicBoolean();
        DataSource pool = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (away.get()) {
                        throw new IllegalStateException("no route to a primary");
                    }
                    return method.invoke(database, arguments);
                });
        try (JdbcPipelineStore store = JdbcPipelineStore.on(pool)) {
            away.set(true);
            assertThatThrownBy(() -> done(store))
                    .isInstanceOfSatisfying(
                            AdapterException.class,
                            error -> assertThat(error.withoutEffect()).isTrue())
                    .hasMessageEndingWith("gives no connection: no route to a primary");
            away.set(false);
            assertThat(done(store)).isEqualTo("done");
        }
    }

    private static String done(JdbcPipelineStore store) {
        return store.transact(session -> "done");
    }

    private DataSource pool() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(database, arguments);
                    return answer instanceof Connection connection ? breakingAtTheEnd(connection) : answer;
                });
    }

    private Connection breakingAtTheEnd(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object answer;
                    try {
                        answer = method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (method.getName().equals("close") && broken.get()) {
                        throw new SQLException("connection reset", "08006");
                    }
                    return answer;
                });
    }
}
