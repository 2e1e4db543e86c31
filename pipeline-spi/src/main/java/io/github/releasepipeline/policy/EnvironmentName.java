package io.github.releasepipeline.policy;

/**
 * Name of an environment.
 *
 * @param value up to 63 of a-z, 0-9 and {@code -}, beginning with a letter
 */
public record EnvironmentName(String value) {
    /** Checks the text. */
    public EnvironmentName {
        if (!value.matches("[a-z][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException(
                    "The name of an environment is up to 63 of a-z, 0-9 and '-', beginning with a letter, not '" + value
                            + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
