package io.github.releasepipeline.jdbc;

import java.util.function.Function;

/** Where reads run: in a transaction, or on their own. */
interface Reads {
    <R> R read(Function<Sql, R> work);
}
