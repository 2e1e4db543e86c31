package io.github.releasepipeline.http.hook;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest deliveries, to recognise repetitions. The id of a delivery is not signed, so the signature counts too: who
 * sends old bytes under a new id is recognised. What has been forgotten does no harm when it comes again: it is only read
 * again.
 */
public final class Deliveries {
    private final Map<String, Boolean> seen;

    /** @param capacity how many deliveries are remembered */
    public Deliveries(int capacity) {
        this.seen = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > 2 * capacity;
            }
        };
    }

    /** Whether neither this id nor this signature has come before; both are remembered. */
    public synchronized boolean isNew(String delivery, String signature) {
        boolean newId = seen.putIfAbsent("id " + delivery, true) == null;
        boolean newBytes = seen.putIfAbsent("signature " + signature, true) == null;
        return newId && newBytes;
    }

    /** As if it had not come. */
    public synchronized void forget(String delivery, String signature) {
        seen.remove("id " + delivery);
        seen.remove("signature " + signature);
    }
}
