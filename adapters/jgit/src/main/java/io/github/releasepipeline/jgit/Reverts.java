package io.github.releasepipeline.jgit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Which commits of the default branch were reverted, and by what. Told of commits in order, so a revert names something
 * older; when a revert is reverted itself, what it had reverted counts again.
 */
final class Reverts {
    private static final Pattern COMMIT = Pattern.compile("This reverts commit ([0-9a-f]{40})");
    private static final Pattern NUMBER = Pattern.compile("(?m)^Reverts (?:[\\w.-]+/[\\w.-]+)?[#!]([1-9]\\d{0,14})");
    private static final Pattern TITLE = Pattern.compile("Revert \"(.*)\"(?: \\([#!]\\d+\\))?");

    private final Map<ObjectId, ObjectId> revertedBy = new HashMap<>();
    private final Map<ObjectId, ObjectId> reverted = new HashMap<>();
    private final Map<ObjectId, String> names = new HashMap<>();
    private final Map<String, ObjectId> byTitle = new HashMap<>();

    /** What a message says it reverts; the surest answer first. */
    record Claim(Optional<ObjectId> commit, Optional<Long> number, Optional<String> title) {
        static Claim of(Message message, String title) {
            Matcher commit = COMMIT.matcher(message.body());
            Matcher number = NUMBER.matcher(message.body());
            Matcher original = TITLE.matcher(title);
            return new Claim(
                    commit.find() ? Optional.of(ObjectId.fromString(commit.group(1))) : Optional.empty(),
                    number.find() ? Optional.of(Long.valueOf(number.group(1))) : Optional.empty(),
                    original.matches() ? Optional.of(original.group(1)) : Optional.empty());
        }

        Claim or(Claim other) {
            return new Claim(commit.or(other::commit), number.or(other::number), title.or(other::title));
        }

        boolean isEmpty() {
            return commit.isEmpty() && number.isEmpty() && title.isEmpty();
        }
    }

    /** A commit that may be reverted by a later one. */
    void seen(ObjectId commit, String name, String title) {
        names.put(commit, name);
        byTitle.put(title, commit);
    }

    void revert(ObjectId target, ObjectId by) {
        revertedBy.put(target, by);
        reverted.put(by, target);
    }

    boolean knows(ObjectId commit) {
        return names.containsKey(commit);
    }

    Optional<ObjectId> titled(String title) {
        return Optional.ofNullable(byTitle.get(title));
    }

    /** The name of what reverted a commit, unless that was reverted itself. */
    Optional<String> of(ObjectId commit) {
        boolean isReverted = false;
        for (ObjectId by = revertedBy.get(commit); by != null; by = revertedBy.get(by)) {
            isReverted = !isReverted;
        }
        return isReverted ? Optional.ofNullable(names.get(revertedBy.get(commit))) : Optional.empty();
    }

    /** The commits whose state changed when a commit appeared: what it reverts, what that had reverted, and so on. */
    List<ObjectId> changedBy(ObjectId commit) {
        List<ObjectId> changed = new ArrayList<>();
        for (ObjectId target = reverted.get(commit); target != null; target = reverted.get(target)) {
            changed.add(target);
        }
        return changed;
    }
}
