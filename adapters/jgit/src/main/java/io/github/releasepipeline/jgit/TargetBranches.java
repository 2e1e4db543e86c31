package io.github.releasepipeline.jgit;

import io.github.releasepipeline.item.PathGlob;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/**
 * The branches that pull requests are merged into.
 *
 * @param main the default branch
 * @param further names of the others, with {@code *}; they come and go
 */
record TargetBranches(TargetBranch main, List<PathGlob> further) {
    TargetBranches {
        further = List.copyOf(further);
    }

    /**
     * Those that are there, and their newest commits: the default branch first, then the others as their globs come and by
     * name. None while the default branch has no commit.
     */
    Map<TargetBranch, ObjectId> tips(OpenRepository repository) throws IOException {
        Map<TargetBranch, ObjectId> tips = new LinkedHashMap<>();
        main.tip(repository).ifPresent(tip -> tips.put(main, tip));
        if (tips.isEmpty() || further.isEmpty()) {
            return tips;
        }
        TreeSet<String> names = new TreeSet<>();
        for (Ref ref : repository.jgit().getRefDatabase().getRefsByPrefix(Constants.R_HEADS, TargetBranch.ORIGIN)) {
            String prefix = ref.getName().startsWith(Constants.R_HEADS) ? Constants.R_HEADS : TargetBranch.ORIGIN;
            if (!ref.isSymbolic()) {
                names.add(ref.getName().substring(prefix.length()));
            }
        }
        for (PathGlob glob : further) {
            for (String name : names) {
                TargetBranch branch = new TargetBranch(name);
                Optional<ObjectId> tip = glob.matches(name) ? branch.tip(repository) : Optional.empty();
                tip.ifPresent(commit -> tips.putIfAbsent(branch, commit));
            }
        }
        return tips;
    }

    /** Whether a branch of this name is one of them, and so no proposal. */
    boolean has(String name) {
        return name.equals(main.name()) || further.stream().anyMatch(glob -> glob.matches(name));
    }

    @Override
    public String toString() {
        return further.isEmpty() ? main.name() : main.name() + " " + further;
    }
}
