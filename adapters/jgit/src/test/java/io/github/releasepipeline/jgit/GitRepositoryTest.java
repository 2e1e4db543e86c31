package io.github.releasepipeline.jgit;

import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.tck.ItemRepositoryContract;
import io.github.releasepipeline.tck.ItemRepositoryFixture;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class GitRepositoryTest extends ItemRepositoryContract {
    @Override
    protected ItemRepositoryFixture newFixture() {
        return new Fixture();
    }

    private static final class Fixture implements ItemRepositoryFixture {
        private final Path folder = Folders.create();
        private final History history = History.create(folder.resolve("flows.git"));
        private final GitRepository repository = GitRepository.at(folder.resolve("flows.git"));

        @Override
        public ItemRepository repository() {
            return repository;
        }

        @Override
        public CommitId commit(Map<String, String> files, List<CommitId> parents) {
            return history.commit(files, parents);
        }

        @Override
        public void branch(String name, CommitId at) {
            history.ref("refs/heads/" + name, at);
        }

        @Override
        public void lightweightTag(String name, CommitId at) {
            history.ref("refs/tags/" + name, at);
        }

        @Override
        public void close() {
            repository.close();
            history.close();
            Folders.delete(folder);
        }
    }
}
