package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.github.Cursor.Phase;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * How far a list has been told: open ones by number, ended ones by their time of update, newest first.
 *
 * @param phase which list
 * @param number open ones up to this are told
 * @param time ended ones that changed later are told, or will be by the next walk
 * @param told how many of this very time are told
 * @param skip how many of them are still to come in the list that is being read
 */
record RestPlace(Phase phase, long number, Instant time, int told, int skip) {
    /** Where a cursor stands; a place within GraphQL's pages says nothing here, so the phase begins again. */
    static RestPlace of(Cursor cursor) {
        RestPlace beginning = new RestPlace(cursor.phase(), 0, Instant.MAX, 0, 0);
        return cursor.after().map(text -> parsed(text, beginning)).orElse(beginning);
    }

    private static RestPlace parsed(String text, RestPlace beginning) {
        String[] parts = text.split("/", -1);
        if (parts.length != 4 || !parts[0].equals("rest") || !(parts[1] + parts[3]).matches("\\d{1,28}")) {
            return beginning;
        }
        try {
            int told = Integer.parseInt(parts[3]);
            return new RestPlace(beginning.phase, Long.parseLong(parts[1]), Instant.parse(parts[2]), told, told);
        } catch (DateTimeException | NumberFormatException e) {
            return beginning;
        }
    }

    /** Whether an entry of the list has not been told. */
    boolean passes(JsonNode entry) {
        if (phase == Phase.OPEN) {
            return Fields.number(entry, "number") > number;
        }
        Instant updated = Fields.instant(entry, "updated_at");
        return updated.isBefore(time) || (updated.equals(time) && skip == 0);
    }

    /** The place behind an entry. */
    RestPlace after(JsonNode entry) {
        if (phase == Phase.OPEN) {
            return new RestPlace(phase, Math.max(number, Fields.number(entry, "number")), time, told, skip);
        }
        Instant updated = Fields.instant(entry, "updated_at");
        if (updated.isAfter(time)) {
            return this;
        }
        if (updated.isBefore(time)) {
            return new RestPlace(phase, number, updated, 1, 0);
        }
        return skip > 0
                ? new RestPlace(phase, number, time, told, skip - 1)
                : new RestPlace(phase, number, time, told + 1, 0);
    }

    @Override
    public String toString() {
        return "rest/" + number + "/" + time + "/" + told;
    }
}
