package io.github.releasepipeline.github;

import io.github.releasepipeline.http.Authorization;
import io.github.releasepipeline.http.HttpOptions;
import java.net.URI;

/** Who asks. */
interface GitHubAccount {
    /** How it proves that for a repository at a server. */
    Authorization authorization(URI server, Repo repo, HttpOptions options);
}
