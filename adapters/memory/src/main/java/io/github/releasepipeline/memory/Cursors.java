package io.github.releasepipeline.memory;

/** Where the next page of a numbered list begins. */
final class Cursors {
    private Cursors() {}

    static String of(String list, long number) {
        return list + "|" + number;
    }

    /** Reads what {@link #of} wrote for the same list. */
    static long number(String list, String cursor) {
        String start = list + "|";
        if (!cursor.startsWith(start) || !cursor.substring(start.length()).matches("-?[0-9]{1,18}")) {
            throw Place.foreign(list, cursor, null);
        }
        return Long.parseLong(cursor.substring(start.length()));
    }
}
