package io.github.releasepipeline.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A whole transaction as one statement of PostgreSQL, which is a transaction of its own: one round trip, and one plan. What a
 * part of it demands is asked on the server, which raises an error if it is not met, so that nothing is done.
 */
final class OneTrip {
    /** Longer scripts are sent piece by piece: the driver and the server keep each different text. */
    private static final int MOST_LINES = 20;

    private static final Pattern NAME = Pattern.compile("(?<!:):([a-z]\\w*)");
    private static final Map<String, Template> TEMPLATES = new ConcurrentHashMap<>();

    private OneTrip() {}

    /** A statement with question marks, and what is to be put there. */
    private record Template(String sql, List<String> names) {
        static Template of(String statement) {
            List<String> names = new ArrayList<>();
            Matcher name = NAME.matcher(statement);
            String sql = name.replaceAll(found -> {
                names.add(found.group(1));
                return "?";
            });
            return new Template(sql, List.copyOf(names));
        }
    }

    /** Whether a script can be one statement, whose parts all see the state before it and run in any order. */
    static boolean fits(Script script) {
        return script.lines().size() <= MOST_LINES
                && script.lines().stream().noneMatch(line -> line.demand() == Script.Demand.ITS_TURN);
    }

    /** @param connection that commits by itself, outside a transaction */
    static void run(Connection connection, Script script, TableNames names) throws SQLException {
        List<String> parts = new ArrayList<>();
        List<String> demands = new ArrayList<>();
        List<@Nullable Object> partValues = new ArrayList<>();
        List<@Nullable Object> demandValues = new ArrayList<>();
        for (Script.Line line : script.lines()) {
            Template template = TEMPLATES.computeIfAbsent(line.statement(), Template::of);
            boolean check = line.demand() == Script.Demand.ONE;
            Map<String, @Nullable Object> row = line.row().values();
            template.names().forEach(name -> (check ? demandValues : partValues).add(row.get(name)));
            if (check) {
                demands.add("release_pipeline_demand_one((" + template.sql() + "))");
            } else {
                String part = "w" + parts.size();
                boolean one = line.demand() == Script.Demand.ONE_ROW;
                parts.add(part + " as (" + template.sql() + (one ? " returning 1)" : ")"));
                if (one) {
                    demands.add("release_pipeline_demand_one((select count(*) from " + part + "))");
                }
            }
        }
        partValues.addAll(demandValues);
        String with = parts.isEmpty() ? "" : "with " + String.join(", ", parts) + " ";
        String whole = with + "select " + (demands.isEmpty() ? "1" : String.join(", ", demands));
        try (PreparedStatement statement = connection.prepareStatement(names.in(whole))) {
            for (int i = 0; i < partValues.size(); i++) {
                statement.setObject(i + 1, partValues.get(i));
            }
            statement.execute();
        }
    }
}
