package io.github.releasepipeline.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.releasepipeline.http.stub.StubServer;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerTest {
    @Test
    void an_enterprise_server_has_its_graphql_beside_its_rest() {
        FakeGitHub fake = new FakeGitHub();
        FakePull pull = fake.open("Add", "alice", Map.of("workflows/a.json", "x"));
        try (StubServer server = StubServer.start(fake)) {
            GitHub gitHub = GitHub.repository("acme/flows", Forge.TOKEN).server(URI.create(server.base() + "/api/v3/"));

            assertThat(gitHub.pullRequest(pull.number).pullRequest().title()).isEqualTo("Add");
            assertThat(server.requests())
                    .containsExactly(
                            "POST /api/graphql", "GET /api/v3/repos/acme/flows/issues/1/timeline?per_page=100");
        }
    }

    @Test
    void github_has_it_beside_its_paths() {
        assertThat(GraphQl.address(URI.create("https://api.github.com"))).hasToString("https://api.github.com/graphql");
    }

    @Test
    void a_name_that_is_none_is_refused() {
        for (String name : new String[] {"flows", "acme/flows/x", "acme/", "a b/c", "https://github.com/acme/flows"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GitHub.repository(name, Forge.TOKEN))
                    .withMessageContaining("owner/name");
        }
    }
}
