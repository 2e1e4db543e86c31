package io.github.releasepipeline.json;

import java.util.Optional;

/**
 * A JSON Pointer that is written out only where it is shown: a walk meets many places below one long name.
 *
 * @param parent absent for the whole document
 * @param name of the member or index of the element; empty for the whole document
 */
record Pointer(Optional<Pointer> parent, String name) {
    static final Pointer ROOT = new Pointer(Optional.empty(), "");

    Pointer child(String child) {
        return new Pointer(Optional.of(this), child);
    }

    /** The text of RFC 6901. */
    String text() {
        return parent.map(above -> above.text() + "/" + name.replace("~", "~0").replace("/", "~1"))
                .orElse("");
    }
}
