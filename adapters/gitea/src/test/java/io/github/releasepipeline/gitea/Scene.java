package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.gitea.fake.FakeGitea;
import io.github.releasepipeline.gitea.fake.FakePull;
import io.github.releasepipeline.gitea.fake.FakeRoutes;
import io.github.releasepipeline.http.stub.StubServer;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.tck.SourceControlFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server with one repository and an adapter that asks it. Closing it checks every exchange. */
final class Scene implements AutoCloseable {
    static final Map<String, String> INVOICE = Map.of("workflows/invoice.json", "{}");

    final FakeGitea forge = new FakeGitea();
    final FakeRoutes routes;
    final StubServer server;
    final Gitea gitea;
    /** Attempts before which the adapter waited. */
    final List<Integer> waits = new ArrayList<>();

    private final Described described;
    private final String prefix;

    Scene() {
        this(Described.GITEA_1_26, "");
    }

    Scene(Described described, String prefix) {
        this.described = described;
        this.prefix = prefix;
        forge.version = described.version;
        routes = new FakeRoutes(forge, prefix);
        server = StubServer.start(routes);
        gitea = Gitea.repository(server.base() + prefix, "acme/flows", FakeRoutes.TOKEN)
                .items(SourceControlFixture.KINDS)
                .waits(waits::add);
    }

    long open(String title, Map<String, String> files) {
        return forge.open(title, "alice", List.of(), files).number;
    }

    FakePull pull(long number) {
        return forge.pull(number);
    }

    PullRequest read(long number) {
        return gitea.pullRequest(number).pullRequest();
    }

    CommitId head(long number) {
        return new CommitId(forge.pull(number).head);
    }

    MergeOutcome merge(long number, MergeRequest.Method method) {
        return gitea.merge(
                new MergeRequest(number, head(number), Optional.of(method), Actor.user("maintainer"), forge.now()));
    }

    MergeOutcome merge(long number) {
        return merge(number, MergeRequest.Method.MERGE);
    }

    /** Requests so far whose text contains this. */
    long asked(String part) {
        return server.requests().stream()
                .filter(request -> request.contains(part))
                .count();
    }

    @Override
    public void close() {
        server.close();
        assertThat(described.problems(prefix + "/api/v1", server.exchanges())).isEmpty();
    }
}
