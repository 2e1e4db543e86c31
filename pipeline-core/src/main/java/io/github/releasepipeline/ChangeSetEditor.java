package io.github.releasepipeline;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.core.changeset.ChangeSetRules;
import java.util.ArrayList;
import java.util.List;

/** Says what a change set holds. */
public final class ChangeSetEditor {
    private String name;
    private String description = "";
    private ChangeType type = ChangeType.OTHER;
    private final List<Long> pullRequests = new ArrayList<>();

    ChangeSetEditor(String name) {
        this.name = name;
    }

    ChangeSetEditor(ChangeSet set) {
        name = set.name();
        description = set.description();
        type = set.type();
        pullRequests.addAll(set.pullRequests());
    }

    /** Its name, one line. */
    public ChangeSetEditor name(String value) {
        name = value;
        return this;
    }

    /** Any text. */
    public ChangeSetEditor description(String value) {
        description = value;
        return this;
    }

    /** What sort of change it makes. */
    public ChangeSetEditor type(ChangeType value) {
        type = value;
        return this;
    }

    /** Adds members. */
    public ChangeSetEditor pullRequests(long... numbers) {
        for (long number : numbers) {
            pullRequests.add(number);
        }
        return this;
    }

    /** Takes members out. */
    public ChangeSetEditor without(long... numbers) {
        for (long number : numbers) {
            pullRequests.remove((Object) number);
        }
        return this;
    }

    ChangeSetRules.Contents contents() {
        return new ChangeSetRules.Contents(name, description, type, pullRequests);
    }
}
