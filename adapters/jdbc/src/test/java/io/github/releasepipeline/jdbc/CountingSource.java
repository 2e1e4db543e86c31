package io.github.releasepipeline.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Counts what is sent to a real database: statements, batches and ends of transactions. */
final class CountingSource {
    private static final Set<String> TRIPS =
            Set.of("execute", "executeQuery", "executeUpdate", "executeBatch", "commit", "rollback");

    private final AtomicInteger statements = new AtomicInteger();
    private final DataSource source;

    CountingSource(DataSource original) {
        source = counted(DataSource.class, original);
    }

    DataSource source() {
        return source;
    }

    int statements() {
        return statements.get();
    }

    void reset() {
        statements.set(0);
    }

    private <T> T counted(Class<T> type, Object original) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(original, method, arguments)));
    }

    private Object call(Object original, Method method, Object[] arguments) throws Throwable {
        if (TRIPS.contains(method.getName())) {
            statements.incrementAndGet();
        }
        Object answer;
        try {
            answer = method.invoke(original, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (method.getReturnType() == Connection.class) {
            return counted(Connection.class, answer);
        }
        if (method.getReturnType() == PreparedStatement.class) {
            return counted(PreparedStatement.class, answer);
        }
        return method.getReturnType() == Statement.class ? counted(Statement.class, answer) : answer;
    }
}
