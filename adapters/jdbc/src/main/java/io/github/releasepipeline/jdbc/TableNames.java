package io.github.releasepipeline.jdbc;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How tables and everything that belongs to them are called in a database. Statements in this module are written with the
 * usual names, and carried out with these.
 *
 * @param schema where they are; empty for where the connection's own search leads
 * @param prefix what every name begins with
 */
record TableNames(Optional<String> schema, String prefix) {
    private static final String USUAL_PREFIX = "release_pipeline_";

    /** PostgreSQL cuts names off after 63 letters; ours have up to 40 after their prefix. */
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,19}");

    static final TableNames USUAL = new TableNames(Optional.empty(), USUAL_PREFIX);

    TableNames {
        schema.ifPresent(name -> require("schema", name));
        require("table prefix", prefix);
    }

    private static void require(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A " + what
                    + " is up to 20 of a-z, 0-9 and '_' that do not begin with a digit, not '" + name + "'");
        }
    }

    /** A statement that uses tables, with these names. */
    String in(String statement) {
        return equals(USUAL) ? statement : statement.replace(USUAL_PREFIX, qualifier() + prefix);
    }

    /** A statement that makes tables, indexes, functions and triggers, which are not named with a schema. */
    String unqualified(String statement) {
        return statement.replace(USUAL_PREFIX, prefix);
    }

    private String qualifier() {
        return schema.map(name -> '"' + name + "\".").orElse("");
    }
}
