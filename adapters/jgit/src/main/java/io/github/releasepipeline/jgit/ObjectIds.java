package io.github.releasepipeline.jgit;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.source.CommitId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** Between our ids and JGit's. */
final class ObjectIds {
    private ObjectIds() {}

    static ObjectId of(CommitId id) {
        if (id.hex().length() != Constants.OBJECT_ID_STRING_LENGTH) {
            throw AdapterException.lasting(
                    "Commit " + id + " is a SHA-256 id; repositories of SHA-1 objects are supported only", null);
        }
        return ObjectId.fromString(id.hex());
    }

    static CommitId of(AnyObjectId id) {
        return new CommitId(id.name());
    }
}
