package io.github.releasepipeline.http;

/** Proves to a service who asks. Never shows its secret in {@code toString}. Called by several threads at once. */
public interface Authorization {
    /**
     * The value of the {@code Authorization} header; empty to ask as nobody. May ask the service for a token first.
     *
     * @param deadline until when the caller waits
     */
    String header(Deadline deadline);

    /**
     * The service answered 401 to this value.
     *
     * @return whether {@link #header} will give another value now
     */
    boolean rejected(String header);

    /** A token that stays the same. */
    static Authorization of(String scheme, String token) {
        return new FixedAuthorization(scheme, token);
    }

    /** No authorization. */
    static Authorization none() {
        return FixedAuthorization.NONE;
    }
}
