package io.github.releasepipeline.memory;

import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Instant;
import java.util.Comparator;

/** Rank of a version on its line, the newest first. */
record Rank(VersionNumber number, Instant created, String id) implements Comparable<Rank> {
    private static final Comparator<Rank> ORDER = Comparator.<Rank, String>comparing(rank -> rank.number.line())
            .thenComparing(Comparator.<Rank>comparingLong(rank -> rank.number.major())
                    .thenComparingLong(rank -> rank.number.minor())
                    .thenComparingLong(rank -> rank.number.patch())
                    .thenComparing(rank -> !rank.number.isPreRelease())
                    .thenComparing(Rank::created)
                    .thenComparing(Rank::id)
                    .reversed());

    static Rank of(Version version) {
        return new Rank(version.number(), version.createdAt(), version.id().value());
    }

    /** A rank before every version of a line. */
    static Rank top(String line) {
        VersionNumber highest = new VersionNumber(line, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, "", "");
        return new Rank(highest, Instant.MAX, "");
    }

    @Override
    public int compareTo(Rank other) {
        return ORDER.compare(this, other);
    }
}
