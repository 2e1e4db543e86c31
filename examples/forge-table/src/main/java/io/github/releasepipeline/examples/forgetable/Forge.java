package io.github.releasepipeline.examples.forgetable;

import io.github.releasepipeline.gitea.Gitea;
import io.github.releasepipeline.github.GitHub;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.source.PullRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A repository on a forge.
 *
 * @param open its open pull requests; each call asks the forge
 */
record Forge(Supplier<List<PullRequest>> open) {
    /** The environment variable with the token for Gitea and Forgejo. */
    static final String GITEA_TOKEN = "GITEA_TOKEN";

    /** The environment variable with the token for GitHub. */
    static final String GITHUB_TOKEN = "GITHUB_TOKEN";

    /** Without a token, public repositories can be read. */
    static Forge gitea(String url, String repository, List<ItemKind> kinds, Map<String, String> environment) {
        Optional<String> token = token(environment, GITEA_TOKEN);
        Gitea gitea = argument(() -> token.map(secret -> Gitea.repository(url, repository, secret))
                .orElseGet(() -> Gitea.repository(url, repository)));
        return new Forge(gitea.items(kinds)::openPullRequests);
    }

    /** @param api the address of the REST interface, of github.com or of an Enterprise Server */
    static Forge gitHub(String api, String repository, List<ItemKind> kinds, Map<String, String> environment) {
        String token = token(environment, GITHUB_TOKEN)
                .orElseThrow(() -> new UserMistake("GitHub shows nothing without a token: set " + GITHUB_TOKEN));
        GitHub gitHub = argument(() -> GitHub.repository(repository, token).server(URI.create(api)));
        return new Forge(gitHub.items(kinds)::openPullRequests);
    }

    private static Optional<String> token(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(token -> !token.isEmpty());
    }

    /** What an adapter finds wrong with an address, a name or a token, the user can put right. */
    private static <T> T argument(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new UserMistake(String.valueOf(e.getMessage()));
        }
    }
}
