package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.source.CommitId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * The default branch, as its first parents tell it: one commit for each merge, squash or direct commit.
 *
 * @param branch its name
 * @param tip its newest commit
 * @param at when that was made
 * @param commits all of its commits
 * @param merges how many of them are merge commits
 */
record FirstParentLine(String branch, CommitId tip, Instant at, Set<CommitId> commits, int merges) {
    private static final String ORIGIN = Constants.R_REMOTES + Constants.DEFAULT_REMOTE_NAME + "/";

    /** Reads the default branch of a repository: origin's, as a clone knows it, otherwise the one that is checked out. */
    static FirstParentLine of(Path path) throws IOException {
        FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
        boolean workTree = path.resolve(Constants.DOT_GIT).toFile().exists();
        try (Repository git =
                        (workTree ? builder.setWorkTree(path.toFile()) : builder.setGitDir(path.toFile())).build();
                RevWalk walk = new RevWalk(git)) {
            String branch = branch(git);
            Ref ref = git.getRefDatabase().firstExactRef(Constants.R_HEADS + branch, ORIGIN + branch);
            ObjectId head = ref == null ? null : ref.getObjectId();
            if (head == null) {
                throw new UserMistake("The repository '" + path + "' has no commit on its default branch " + branch);
            }
            return walk(walk, branch, head);
        }
    }

    private static FirstParentLine walk(RevWalk walk, String branch, ObjectId head) throws IOException {
        walk.setRetainBody(false);
        RevCommit tip = walk.parseCommit(head);
        Set<CommitId> commits = new HashSet<>();
        int merges = 0;
        for (RevCommit commit = tip; ; commit = walk.parseCommit(commit.getParent(0))) {
            commits.add(new CommitId(commit.name()));
            merges += commit.getParentCount() > 1 ? 1 : 0;
            if (commit.getParentCount() == 0) {
                return new FirstParentLine(
                        branch, new CommitId(tip.name()), Instant.ofEpochSecond(tip.getCommitTime()), commits, merges);
            }
        }
    }

    private static String branch(Repository git) throws IOException {
        return Stream.of(target(git, ORIGIN + Constants.HEAD, ORIGIN), target(git, Constants.HEAD, Constants.R_HEADS))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> List.of("main", "master", "trunk").stream()
                        .filter(usual -> exists(git, Constants.R_HEADS + usual))
                        .findFirst()
                        .orElseThrow(() -> new UserMistake("The repository does not tell its default branch")));
    }

    private static Optional<String> target(Repository git, String symbolic, String prefix) throws IOException {
        return Optional.ofNullable(git.exactRef(symbolic))
                .filter(Ref::isSymbolic)
                .map(ref -> ref.getTarget().getName())
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()));
    }

    private static boolean exists(Repository git, String ref) {
        try {
            return git.exactRef(ref) != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
