package io.github.releasepipeline.jgit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The branches that may be proposals: local ones, origin's where there is no local one of the name, and the heads that
 * forges keep as {@code refs/pull/N/head}. Several names for one commit are one proposal.
 */
final class Branches {
    /** Of more branches than this, those with the newest commits are looked at. */
    static final int MAX = 5_000;

    private static final Pattern PULL = Pattern.compile("refs/pull/([1-9]\\d{0,8})/head");

    private final OpenRepository repository;
    private final TargetBranches bases;

    Branches(OpenRepository repository, TargetBranches bases) {
        this.repository = repository;
        this.bases = bases;
    }

    /**
     * A branch.
     *
     * @param number that its name tells
     * @param at time of its head
     */
    record Branch(String name, Optional<Long> number, ObjectId head, long at) {}

    /** By name. */
    List<Branch> all() throws IOException {
        Map<String, Branch> byName = new HashMap<>();
        try (RevWalk walk = repository.walk()) {
            walk.setRetainBody(false);
            RefDatabase refs = repository.jgit().getRefDatabase();
            for (Ref ref : refs.getRefsByPrefix(Constants.R_HEADS, TargetBranch.ORIGIN, "refs/pull/")) {
                Optional<Branch> branch = read(walk, ref);
                boolean local = ref.getName().startsWith(Constants.R_HEADS);
                branch.ifPresent(found -> byName.merge(found.name, found, (one, other) -> local ? other : one));
            }
        }
        List<Branch> all = oneForEachHead(byName);
        if (all.size() > MAX) {
            all = all.stream()
                    .sorted(Comparator.comparingLong(Branch::at).reversed().thenComparing(Branch::name))
                    .limit(MAX)
                    .toList();
        }
        return all.stream().sorted(Comparator.comparing(Branch::name)).toList();
    }

    private Optional<Branch> read(RevWalk walk, Ref ref) throws IOException {
        if (ref.isSymbolic() || ref.getObjectId() == null) {
            return Optional.empty();
        }
        Matcher pull = PULL.matcher(ref.getName());
        boolean isPull = pull.matches();
        String name = isPull
                ? "pull/" + pull.group(1)
                : ref.getName().startsWith(Constants.R_HEADS)
                        ? ref.getName().substring(Constants.R_HEADS.length())
                        : ref.getName().startsWith(TargetBranch.ORIGIN)
                                ? ref.getName().substring(TargetBranch.ORIGIN.length())
                                : "";
        if (name.isEmpty()
                || (!isPull && bases.has(name))
                || !(walk.parseAny(ref.getObjectId()) instanceof RevCommit head)) {
            return Optional.empty();
        }
        return Optional.of(new Branch(name, Numbers.inBranch(name), head.copy(), head.getCommitTime()));
    }

    /** Of several branches at one commit, the first by name that has a number, otherwise the first by name. */
    private static List<Branch> oneForEachHead(Map<String, Branch> byName) {
        Map<ObjectId, Branch> byHead = new LinkedHashMap<>();
        byName.values().stream()
                .sorted(Comparator.comparing((Branch branch) -> branch.number.isEmpty())
                        .thenComparing(Branch::name))
                .forEach(branch -> byHead.putIfAbsent(branch.head, branch));
        return new ArrayList<>(byHead.values());
    }
}
