package io.github.releasepipeline.github;

import io.github.releasepipeline.tck.SourceControlContract;
import io.github.releasepipeline.tck.SourceControlFixture;

/** The same where the token is not given GraphQL. */
class GitHubByRestContractTest extends SourceControlContract {
    @Override
    protected SourceControlFixture newFixture() {
        Fixture fixture = new Fixture();
        fixture.forge.fake.rules.graphQlForbidden = true;
        return fixture;
    }
}
