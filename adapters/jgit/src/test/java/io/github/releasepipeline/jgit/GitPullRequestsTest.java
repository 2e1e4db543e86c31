package io.github.releasepipeline.jgit;

import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.tck.SourceControlContract;
import io.github.releasepipeline.tck.SourceControlFixture;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class GitPullRequestsTest extends SourceControlContract {
    @Override
    protected SourceControlFixture newFixture() {
        return new Fixture();
    }

    private static final class Fixture implements SourceControlFixture {
        private final Path folder = Folders.create();
        private final History history = History.create(folder.resolve("flows.git"));
        private final GitRepository repository = GitRepository.at(folder.resolve("flows.git"));
        private final Map<Long, String> branches = new HashMap<>();
        private final GitPullRequests control;

        Fixture() {
            history.ref("refs/heads/main", history.commit(Map.of("README.md", "flows"), List.of()));
            control = GitPullRequests.of(repository, KINDS);
        }

        @Override
        public SourceControl sourceControl() {
            return control;
        }

        @Override
        public CommitId commitToMain(Map<String, String> files) {
            return commit("main", files, "Direct", "alice");
        }

        @Override
        public long open(Proposal proposal) {
            long number = branches.size() + 1;
            String branch = (proposal.draft() ? "draft/" : "feature/") + number;
            branches.put(number, branch);
            history.ref("refs/heads/" + branch, history.at("refs/heads/main"));
            String labels =
                    proposal.labels().isEmpty() ? "" : "\n\nLabels: " + String.join(", ", proposal.labels()) + "\n";
            commit(branch, proposal.files(), proposal.title() + labels, proposal.author());
            return number;
        }

        @Override
        public CommitId push(long number, Map<String, String> files) {
            return commit(branch(number), files, "More", "alice");
        }

        @Override
        public CommitId review(long number, String reviewer, Decision opinion) {
            String trailer = opinion == Decision.APPROVED ? "Approved-by" : "Changes-requested-by";
            CommitId head = history.at("refs/heads/" + branch(number));
            String before = history.message(head);
            String separator = before.contains("-by: ") ? "\n" : "\n\n";
            CommitId amended = history.commit(
                    history.files(head),
                    history.parents(head),
                    before.strip() + separator + trailer + ": " + reviewer + " <" + reviewer + "@example.org>\n",
                    "alice");
            history.ref("refs/heads/" + branch(number), amended);
            return amended;
        }

        @Override
        public void mergeElsewhere(long number) {
            CommitId main = history.at("refs/heads/main");
            CommitId head = history.at("refs/heads/" + branch(number));
            Map<String, String> files = new HashMap<>(history.files(main));
            files.putAll(history.files(head));
            String message = "Merge pull request #" + number + " from alice/" + branch(number);
            history.ref("refs/heads/main", history.commit(files, List.of(main, head), message, "maintainer"));
        }

        @Override
        public void close(long number) {
            history.deleteRef("refs/heads/" + branch(number));
        }

        private String branch(long number) {
            return branches.getOrDefault(number, "none");
        }

        private CommitId commit(String branch, Map<String, String> files, String message, String author) {
            CommitId head = history.at("refs/heads/" + branch);
            Map<String, String> all = new HashMap<>(history.files(head));
            all.putAll(files);
            CommitId commit = history.commit(all, List.of(head), message, author);
            history.ref("refs/heads/" + branch, commit);
            return commit;
        }

        @Override
        public void close() {
            repository.close();
            history.close();
            Folders.delete(folder);
        }
    }
}
