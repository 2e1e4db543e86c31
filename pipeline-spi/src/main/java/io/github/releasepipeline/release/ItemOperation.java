package io.github.releasepipeline.release;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemId;
import java.util.Optional;

/**
 * What a release does to one item of an environment.
 *
 * @param type create, update or delete
 * @param id which item
 * @param digest the bytes it will have; absent for a deletion
 */
public record ItemOperation(Type type, ItemId id, Optional<Digest> digest) {
    /** The sorts of operations. */
    public enum Type {
        /** The environment has no such item. */
        CREATE,
        /** The environment has other bytes. */
        UPDATE,
        /** The version has no such item. */
        DELETE
    }

    /** That it was done, as logs say it: {@code Updated workflow: invoice-classification}. One line, whatever the name. */
    public String done() {
        String done = switch (type) {
            case CREATE -> "Created ";
            case UPDATE -> "Updated ";
            case DELETE -> "Deleted ";
        };
        return done + id.kind() + ": " + id.name().replaceAll("\\p{Cntrl}", "?");
    }
}
