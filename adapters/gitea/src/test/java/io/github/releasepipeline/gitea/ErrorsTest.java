package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.gitea.fake.FakeRoutes;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.StubServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said when something is wrong with the wiring, the token, the network or the server. */
class ErrorsTest {
    private final Scene scene = new Scene();

    @AfterEach
    void checkExchanges() {
        scene.close();
    }

    @Test
    void a_wrong_token_is_told_without_showing_it() {
        Gitea gitea = Gitea.repository(scene.server.base().toString(), "acme/flows", "secret-and-wrong");

        AdapterException wrong =
                catchThrowableOfType(AdapterException.class, () -> gitea.changedSince(Optional.empty(), 10));

        assertThat(wrong).hasMessageContaining("401").hasMessageContaining("the token is wrong");
        assertThat(wrong.retryable()).isFalse();
        assertThat(wrong.toString()).doesNotContain("secret-and-wrong");
        assertThat(gitea.toString()).doesNotContain("secret-and-wrong");
    }

    @Test
    void an_unknown_repository_is_told_with_its_name() {
        Gitea gitea = Gitea.repository(scene.server.base().toString(), "acme/flaws", FakeRoutes.TOKEN);

        assertThatThrownBy(() -> gitea.changedSince(Optional.empty(), 10))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("no repository acme/flaws");
    }

    @Test
    void a_missing_scope_is_named() {
        scene.routes.instead(
                "GET .*/pulls\\?",
                Answer.json(
                        403,
                        "{\"message\": \"token does not have at least one of required scope(s): [read:repository]\"}"));

        assertThatThrownBy(() -> scene.gitea.changedSince(Optional.empty(), 10))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("permission needed: read:repository");
    }

    @Test
    void a_server_that_is_not_there_is_told_as_passing() {
        StubServer gone = StubServer.start(asked -> Answer.empty(500));
        gone.close();
        Gitea gitea = Gitea.repository(gone.base().toString(), "acme/flows", FakeRoutes.TOKEN)
                .http(HttpOptions.standard().patience(Duration.ofMillis(1)));

        assertThatThrownBy(() -> gitea.changedSince(Optional.empty(), 10))
                .isInstanceOfSatisfying(
                        AdapterException.class,
                        away -> assertThat(away.retryable()).isTrue())
                .hasMessageContaining("Gitea GET");
    }

    @Test
    void an_address_that_is_another_services_is_told() {
        try (StubServer other =
                StubServer.start(asked -> Answer.of(200, "text/html", "<html>Welcome</html>".getBytes()))) {
            Gitea gitea = Gitea.repository(other.base().toString(), "acme/flows", FakeRoutes.TOKEN);

            assertThatThrownBy(() -> gitea.openPullRequests())
                    .isInstanceOf(AdapterException.class)
                    .hasMessageContaining("not JSON");
        }
    }

    @Test
    void a_server_that_repeats_itself_is_not_asked_for_ever() {
        String row = "{\"number\": 1, \"state\": \"open\", \"updated_at\": \"2026-01-01T00:00:00Z\"}";
        try (StubServer liar = StubServer.start(asked -> asked.path().endsWith("/pulls")
                ? Answer.json(200, "[" + row + "]").header("X-Total-Count", "1000000")
                : Answer.json(200, "{\"max_response_items\": 1}"))) {
            Gitea gitea = Gitea.repository(liar.base().toString(), "acme/flows", FakeRoutes.TOKEN);

            assertThatThrownBy(gitea::openPullRequests)
                    .isInstanceOf(AdapterException.class)
                    .hasMessageContaining("no end of pages");
        }
    }

    @Test
    void a_server_that_does_not_tell_of_itself_is_read_all_the_same() {
        scene.open("Add", Scene.INVOICE);
        scene.routes.instead("GET .*/settings/api", Answer.empty(403));

        assertThat(scene.gitea.openPullRequests()).hasSize(1);
    }

    @Test
    void what_cannot_be_right_is_refused_at_once() {
        String server = "https://gitea.example.org";

        for (String name : new String[] {"flows", "a/b/c", "/flows", "acme/", "acme/..", "acme/fl ows", ""}) {
            assertThatIllegalArgumentException()
                    .as(name)
                    .isThrownBy(() -> Gitea.repository(server, name, "token"))
                    .withMessageContaining("owner/name");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Gitea.repository("no url", "acme/flows", "token"));
        assertThatIllegalArgumentException().isThrownBy(() -> Gitea.repository("ftp://x", "acme/flows", "token"));
        assertThatIllegalArgumentException().isThrownBy(() -> Gitea.repository(server, "acme/flows", " "));
    }

    @Test
    void the_address_may_end_in_slashes_and_in_the_path_of_the_interface() {
        for (String end : new String[] {"", "/", "/api/v1", "/api/v1/"}) {
            assertThat(Gitea.repository("https://gitea.example.org/sub/path" + end, "acme/flows", "token"))
                    .hasToString("Gitea[acme/flows at https://gitea.example.org/sub/path/api/v1]");
        }
    }
}
