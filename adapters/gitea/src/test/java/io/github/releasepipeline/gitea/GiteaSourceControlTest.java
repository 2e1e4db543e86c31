package io.github.releasepipeline.gitea;

import io.github.releasepipeline.gitea.fake.FakeGitea;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.tck.SourceControlContract;
import io.github.releasepipeline.tck.SourceControlFixture;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** The contract, in the words of every described version. */
class GiteaSourceControlTest {
    @Nested
    class OnGitea122 extends SourceControlContract {
        @Override
        protected SourceControlFixture newFixture() {
            return new Fixture(new Scene(Described.GITEA_1_22, ""));
        }
    }

    @Nested
    class OnGitea125BelowAPath extends SourceControlContract {
        @Override
        protected SourceControlFixture newFixture() {
            return new Fixture(new Scene(Described.GITEA_1_25, "/sub/path"));
        }
    }

    @Nested
    class OnGitea126 extends SourceControlContract {
        @Override
        protected SourceControlFixture newFixture() {
            return new Fixture(new Scene(Described.GITEA_1_26, ""));
        }
    }

    @Nested
    class OnGitea127 extends SourceControlContract {
        @Override
        protected SourceControlFixture newFixture() {
            return new Fixture(new Scene(Described.GITEA_1_27, ""));
        }
    }

    @Nested
    class OnForgejo16 extends SourceControlContract {
        @Override
        protected SourceControlFixture newFixture() {
            return new Fixture(new Scene(Described.FORGEJO_16, ""));
        }
    }

    private record Fixture(Scene scene) implements SourceControlFixture {
        private Fixture {
            scene.forge.rule = Optional.of(FakeGitea.rule(1));
        }

        @Override
        public SourceControl sourceControl() {
            return scene.gitea;
        }

        @Override
        public CommitId commitToMain(Map<String, String> files) {
            return new CommitId(scene.forge.commitTo("main", files));
        }

        @Override
        public long open(Proposal proposal) {
            String title = (proposal.draft() ? "WIP: " : "") + proposal.title();
            return scene.forge.open(title, proposal.author(), proposal.labels(), proposal.files()).number;
        }

        @Override
        public CommitId push(long number, Map<String, String> files) {
            return new CommitId(scene.forge.push(number, files));
        }

        @Override
        public CommitId review(long number, String reviewer, Decision opinion) {
            scene.forge.review(number, reviewer, opinion == Decision.APPROVED ? "APPROVED" : "REQUEST_CHANGES");
            return scene.head(number);
        }

        @Override
        public void mergeElsewhere(long number) {
            scene.forge.merge(number, "merge", "somebody");
        }

        @Override
        public void close(long number) {
            scene.forge.close(number);
        }

        @Override
        public void close() {
            scene.close();
        }
    }
}
