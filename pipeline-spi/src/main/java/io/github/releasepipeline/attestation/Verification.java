package io.github.releasepipeline.attestation;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** What came of verifying an attestation. */
public sealed interface Verification {
    /** Why an attestation is not believed. */
    enum Reason {
        /** The payload is something else than a statement. */
        PAYLOAD_TYPE,
        /** There is no signature. */
        NO_SIGNATURE,
        /** None of the trusted keys signed it, and none is said to have. */
        UNKNOWN_KEY,
        /** A trusted key is said to have signed it, but what stands there now is not what it signed. */
        ALTERED,
        /** It is signed, and it is no statement about a version. */
        NO_STATEMENT,
        /** It is a statement about another version. */
        OTHER_VERSION,
        /** It is about this version, but about other items. */
        OTHER_ITEMS
    }

    /**
     * It is what a trusted key signed.
     *
     * @param keyids {@link PublicKeys#id} of each trusted key that did
     */
    record Genuine(Set<String> keyids) implements Verification {
        /** Copies the set, sorted. */
        public Genuine {
            keyids = Collections.unmodifiableSet(new TreeSet<>(keyids));
        }
    }

    /**
     * It is not to be believed.
     *
     * @param reason the sort of reason
     * @param text a sentence for people
     */
    record Refused(Reason reason, String text) implements Verification {}
}
