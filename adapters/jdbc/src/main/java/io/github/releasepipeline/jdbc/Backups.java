package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.Backup;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Backups of an environment: copies of the set that was active. */
final class Backups {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Backups() {}

    static Backup make(Sql sql, Pointers pointers, Instant now) {
        String set = pointers.active()
                .map(active -> ItemSets.copy(sql, active))
                .orElseGet(() -> ItemSets.create(sql, Manifest.empty(), ""));
        // What is captured is what is there, which a person may have changed.
        Digest captured = new Manifest(ItemSets.items(sql, set)).digest();
        Backup backup = new Backup(reference(sql, pointers.environment(), now), captured);
        sql.update(
                backup.reference(),
                "insert into release_pipeline_target_backup (environment, reference, item_set, captured, created_at)"
                        + " values (:environment, :reference, :set, :captured, :created_at)",
                key(pointers.environment(), backup.reference())
                        .and("set", set)
                        .and("captured", captured.hex())
                        .and("created_at", Micros.of(now)));
        return backup;
    }

    /** The set of a backup. */
    static Optional<String> find(Sql sql, String environment, String reference) {
        return sql.first(
                "select item_set from release_pipeline_target_backup"
                        + " where environment = :environment and reference = :reference",
                key(environment, reference),
                row -> row.getString(1));
    }

    /** {@code backup-production-20240319-142335}, numbered if that second has one already. */
    private static String reference(Sql sql, String environment, Instant now) {
        String first = "backup-" + environment + "-" + TIME.format(now);
        String reference = first;
        for (int number = 2; find(sql, environment, reference).isPresent(); number++) {
            reference = first + "-" + number;
        }
        return reference;
    }

    private static Row key(String environment, String reference) {
        return Row.of("environment", environment).and("reference", Escaped.key(reference));
    }
}
