package io.github.releasepipeline.http;

/** A token that stays the same. A class, since a record would show it. */
final class FixedAuthorization implements Authorization {
    static final FixedAuthorization NONE = new FixedAuthorization();

    private final String header;

    private FixedAuthorization() {
        this.header = "";
    }

    FixedAuthorization(String scheme, String token) {
        if (token.isBlank()) {
            throw new IllegalArgumentException("The token is blank");
        }
        if (token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("The token has a space, a line break or another character that no token"
                    + " has; was it read from a file with its line break?");
        }
        this.header = scheme + " " + token;
    }

    @Override
    public String header(Deadline deadline) {
        return header;
    }

    @Override
    public boolean rejected(String rejected) {
        return false;
    }

    @Override
    public String toString() {
        return header.isEmpty() ? "no authorization" : "a token";
    }
}
