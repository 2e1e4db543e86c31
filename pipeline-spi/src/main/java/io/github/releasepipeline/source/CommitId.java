package io.github.releasepipeline.source;

/**
 * A full Git object id of a commit.
 *
 * @param hex 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits
 */
public record CommitId(String hex) {
    /** Checks the digits. */
    public CommitId {
        if (!hex.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "A commit id has 40 or 64 lower-case hexadecimal digits, not '" + hex + "'");
        }
    }

    /** The first ten digits, for people. */
    public String abbreviated() {
        return hex.substring(0, 10);
    }

    @Override
    public String toString() {
        return hex;
    }
}
