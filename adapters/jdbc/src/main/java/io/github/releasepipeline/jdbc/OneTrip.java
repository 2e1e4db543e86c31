package io.github.releasepipeline.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A whole transaction as one statement of PostgreSQL, which is a transaction of its own: one round trip, and one plan. What a
 * part of it demands is asked on the server, which raises an error if it is not met, so that nothing is done.
 */
final class OneTrip {
    /** Longer scripts are sent piece by piece: the driver and the server keep each different text. */
    private static final int MOST_LINES = 20;

    /** There are some hundreds, by what transactions write together; more than this are not kept. */
    private static final int MOST_KEPT = 2000;

    private static final Pattern NAME = Pattern.compile("(?<!:):([a-z]\\w*)");
    private static final Map<Key, OneTrip> KEPT = new ConcurrentHashMap<>();

    private final String sql;
    private final List<Place> places;

    private OneTrip(String sql, List<Place> places) {
        this.sql = sql;
        this.places = List.copyOf(places);
    }

    /** What the text depends on. */
    private record Key(TableNames names, List<Part> parts) {}

    private record Part(String statement, Script.Demand demand) {}

    /** Which value stands at a question mark. */
    private record Place(int line, String name) {}

    /** Whether a script can be one statement, whose parts all see the state before it and run in any order. */
    static boolean fits(Script script) {
        return script.lines().size() <= MOST_LINES
                && script.lines().stream().noneMatch(line -> line.demand() == Script.Demand.ITS_TURN);
    }

    /** @param connection that commits by itself, outside a transaction */
    static void run(Connection connection, Script script, TableNames names) throws SQLException {
        List<Script.Line> lines = script.lines();
        Key key = new Key(
                names,
                lines.stream()
                        .map(line -> new Part(line.statement(), line.demand()))
                        .toList());
        OneTrip trip = KEPT.get(key);
        if (trip == null) {
            trip = made(key);
            if (KEPT.size() < MOST_KEPT) {
                KEPT.put(key, trip);
            }
        }
        trip.run(connection, lines);
    }

    private void run(Connection connection, List<Script.Line> lines) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < places.size(); i++) {
                Place place = places.get(i);
                statement.setObject(
                        i + 1, lines.get(place.line()).row().values().get(place.name()));
            }
            statement.execute();
        }
    }

    /** Parts that write come first, then what is demanded of them and of what was found. */
    private static OneTrip made(Key key) {
        List<String> parts = new ArrayList<>();
        List<String> demands = new ArrayList<>();
        List<Place> partPlaces = new ArrayList<>();
        List<Place> demandPlaces = new ArrayList<>();
        for (int i = 0; i < key.parts().size(); i++) {
            Part part = key.parts().get(i);
            if (part.demand() == Script.Demand.ONE) {
                demands.add("release_pipeline_demand_one((" + questions(part, i, demandPlaces) + "))");
                continue;
            }
            String name = "w" + parts.size();
            boolean one = part.demand() == Script.Demand.ONE_ROW;
            parts.add(name + " as (" + questions(part, i, partPlaces) + (one ? " returning 1)" : ")"));
            if (one) {
                demands.add("release_pipeline_demand_one((select count(*) from " + name + "))");
            }
        }
        partPlaces.addAll(demandPlaces);
        String with = parts.isEmpty() ? "" : "with " + String.join(", ", parts) + " ";
        String whole = with + "select " + (demands.isEmpty() ? "1" : String.join(", ", demands));
        return new OneTrip(key.names().in(whole), partPlaces);
    }

    /** A statement with question marks in the places of its names. */
    private static String questions(Part part, int line, List<Place> places) {
        return NAME.matcher(part.statement()).replaceAll(found -> {
            places.add(new Place(line, found.group(1)));
            return "?";
        });
    }
}
