package io.github.releasepipeline.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * The story's Git repository, and what its people do in it: they write branches. A branch is a pull request; reviews and
 * checks are trailers of its newest commit. Everything here may be done again after a crash.
 */
final class StoryRepository implements AutoCloseable {
    private static final String MAIN = "main";
    private static final String HOTFIX = "pr/" + Season.BEFORE + "-timeout-fix";

    private final Repository git;
    private final GitWriter writer;
    private final Instant now;

    private StoryRepository(Repository git, Instant now) {
        this.git = git;
        this.writer = new GitWriter(git);
        this.now = now;
    }

    /**
     * The repository in a folder; a new one if there is none. Nobody else may use it at the same time.
     *
     * @param now the time from which the story counts back
     */
    static StoryRepository at(Path folder, Instant now) throws IOException {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        if (!Files.exists(folder)) {
            Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
            Folders.delete(unfinished);
            try (StoryRepository begun = new StoryRepository(bare(unfinished), second)) {
                begun.git.create(true);
                begun.git.updateRef(Constants.HEAD).link(Constants.R_HEADS + MAIN);
                begun.begin();
            }
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        StoryRepository repository = new StoryRepository(bare(folder), second);
        repository.requireOwn(folder);
        Folders.deleteLocks(folder);
        return repository;
    }

    private void requireOwn(Path folder) throws IOException {
        if (!writer.has(HOTFIX)) {
            close();
            throw new UserMistake(
                    "'" + folder + "' is not a repository of this story; name another folder with --data");
        }
    }

    private static Repository bare(Path folder) throws IOException {
        return new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
    }

    /** What was there before the story: a few workflows and agents, and a hotfix that was merged some days ago. */
    private void begin() throws IOException {
        ObjectId first = writer.commit(
                List.of(), "alice", now.minus(Duration.ofDays(21)), "Workflows and agents", StoryFiles.first());
        ObjectId second = writer.commit(
                List.of(first),
                "carol",
                now.minus(Duration.ofDays(14)),
                "Add the agent that welcomes customers",
                Map.of(StoryFiles.agent("welcome-agent"), StoryFiles.agent("welcome-agent", "Welcome new customers.")));
        String path = StoryFiles.workflow("order-extraction");
        ObjectId head = writer.commit(
                List.of(second),
                "bob",
                now.minus(Duration.ofDays(5)),
                "Fix timeout of large orders\n\nLabels: hotfix\nReviewed-by: alice\n" + Proposal.ALL_CHECKS,
                Map.of(path, StoryFiles.withLongerTimeout(StoryFiles.first().getOrDefault(path, ""))));
        writer.branch(HOTFIX, head);
        ObjectId merged = writer.commit(
                List.of(second, head),
                "alice",
                now.minus(Duration.ofDays(4)),
                "Merge pull request #" + Season.BEFORE + " from " + HOTFIX + "\n\nFix timeout of large orders\n",
                Map.of());
        writer.branch(MAIN, merged);
    }

    /** Alice, bob and carol propose what the season is about. */
    void propose(Season season) throws IOException {
        for (Proposal proposal : new SeasonProposals(season).atFirst()) {
            propose(proposal);
        }
    }

    /** Bob proposes a hotfix. Nobody sees that it calls an agent that does not exist. */
    void proposeHotfix(Season season) throws IOException {
        propose(new SeasonProposals(season).hotfix());
    }

    private void propose(Proposal proposal) throws IOException {
        if (!writer.has(proposal.branch())) {
            RevCommit main = writer.tip(MAIN);
            Map<String, String> files = new TreeMap<>();
            for (String path : proposal.changes().keySet()) {
                files.put(path, proposal.changes().get(path).apply(writer.read(main, path)));
            }
            writer.branch(
                    proposal.branch(),
                    writer.commit(
                            List.of(main),
                            proposal.author(),
                            later(main, now.minus(proposal.ago())),
                            proposal.message(),
                            files));
        }
    }

    /** Bob answers the review of his fix with one more commit, which david approves. */
    void answerReview(Season season) throws IOException {
        String branch = new SeasonProposals(season).timeout().branch();
        RevCommit head = writer.tip(branch);
        ObjectId answer = writer.commit(
                List.of(head),
                "bob",
                later(head, now),
                "Explain the timeout\n\nLabels: bug\nReviewed-by: david\n" + Proposal.ALL_CHECKS,
                Map.of("docs/timeouts.md", "# Timeouts\n\nLarge documents take up to two minutes.\n"));
        writer.branch(branch, answer);
    }

    /** Time never goes back from a commit to the next. */
    private static Instant later(RevCommit before, Instant wanted) {
        Instant earliest = Instant.ofEpochSecond(before.getCommitTime());
        return wanted.isBefore(earliest) ? earliest : wanted;
    }

    @Override
    public void close() {
        git.close();
    }
}
