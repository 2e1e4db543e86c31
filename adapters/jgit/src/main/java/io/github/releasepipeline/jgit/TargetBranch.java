package io.github.releasepipeline.jgit;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/**
 * A branch that pull requests are merged into: the local one, or origin's where a clone has no local one.
 *
 * @param name without {@code refs/heads/}
 */
record TargetBranch(String name) {
    static final String ORIGIN = Constants.R_REMOTES + Constants.DEFAULT_REMOTE_NAME + "/";
    private static final List<String> USUAL = List.of("main", "master", "trunk");

    /**
     * The default branch: origin's as the clone knows it, otherwise the one that {@code HEAD} names, otherwise one of the usual
     * names.
     */
    static TargetBranch detect(OpenRepository repository) {
        return repository.run("Finding the default branch", () -> {
            Repository jgit = repository.jgit();
            Optional<String> name = target(jgit, ORIGIN + Constants.HEAD, ORIGIN)
                    .or(() -> target(jgit, Constants.HEAD, Constants.R_HEADS));
            if (name.isPresent()) {
                return new TargetBranch(name.get());
            }
            for (String usual : USUAL) {
                TargetBranch branch = new TargetBranch(usual);
                if (branch.tip(repository).isPresent()) {
                    return branch;
                }
            }
            throw AdapterException.lasting(
                    "The repository " + repository.name() + " does not tell its default branch; name it", null);
        });
    }

    /** A branch that the host names; it may be missing only while the repository has no branch at all. */
    static TargetBranch named(OpenRepository repository, String name) {
        return repository.run("Finding branch '" + name + "'", () -> {
            TargetBranch branch = new TargetBranch(name);
            if (branch.tip(repository).isEmpty()
                    && !repository
                            .jgit()
                            .getRefDatabase()
                            .getRefsByPrefix(Constants.R_HEADS, ORIGIN)
                            .isEmpty()) {
                throw new NotFoundException("branch", name);
            }
            return branch;
        });
    }

    /** The newest commit; empty in a repository without commits. */
    Optional<ObjectId> tip(OpenRepository repository) throws IOException {
        Ref ref = repository.jgit().getRefDatabase().firstExactRef(refName(), ORIGIN + name);
        return ref == null ? Optional.empty() : Optional.ofNullable(ref.getObjectId());
    }

    String refName() {
        return Constants.R_HEADS + name;
    }

    private static Optional<String> target(Repository jgit, String symbolic, String prefix) {
        try {
            Ref ref = jgit.exactRef(symbolic);
            return Optional.ofNullable(ref)
                    .filter(Ref::isSymbolic)
                    .map(head -> head.getTarget().getName())
                    .filter(target -> target.startsWith(prefix))
                    .map(target -> target.substring(prefix.length()));
        } catch (IOException e) {
            throw AdapterException.passing("Ref " + symbolic + " cannot be read: " + e.getMessage(), e);
        }
    }
}
