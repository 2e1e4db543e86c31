package io.github.releasepipeline.github;

import io.github.releasepipeline.tck.SourceControlContract;
import io.github.releasepipeline.tck.SourceControlFixture;

class GitHubContractTest extends SourceControlContract {
    @Override
    protected SourceControlFixture newFixture() {
        return new Fixture();
    }
}
