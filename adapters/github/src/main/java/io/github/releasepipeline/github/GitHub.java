package io.github.releasepipeline.github;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Authorization;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.source.CheckRunner;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CommitChecks;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestDetail;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.SourceControl;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pull requests of one repository at github.com or at a GitHub Enterprise Server.
 *
 * <p>Read by GraphQL, 50 in a request, completed by REST for what GraphQL leaves out: the old paths of renamed files, more
 * than 100 files or checks, checks that a fine-grained token does not get. Where GraphQL is not given at all, everything is
 * read by REST. Checks that cannot be read are told as one of unknown status, never as none.
 *
 * <p>A call waits for quotas and repeats reads within {@link HttpOptions#patience()}; an {@link AdapterException} says when
 * to come again if GitHub told it. Thread-safe; an instance may serve as long as the process.
 */
public final class GitHub implements SourceControl, CheckRunner, CommitChecks {
    private static final URI GITHUB_COM = URI.create("https://api.github.com");
    private static final Duration DELIVERY = Duration.ofSeconds(50);
    private static final List<ItemKind> FILES = List.of(ItemKind.of("file", "**"));

    private final URI server;
    private final Repo repo;
    private final GitHubAccount account;
    private final List<ItemKind> kinds;
    private final HttpOptions options;
    private @Nullable Wired wired;

    private GitHub(URI server, Repo repo, GitHubAccount account, List<ItemKind> kinds, HttpOptions options) {
        this.server = server;
        this.repo = repo;
        this.account = account;
        this.kinds = List.copyOf(kinds);
        this.options = options;
    }

    /** Connections are opened by the first use: these objects are made in passing while somebody says how. */
    private synchronized Wired wired() {
        if (wired == null) {
            Authorization authorization = account.authorization(server, repo, options);
            wired = new Wired(new Connection(server, repo, authorization, options), repository(), kinds);
        }
        return wired;
    }

    /**
     * A repository, asked with a personal token, classic or fine-grained. Until {@link #items} says more, every changed
     * file counts as an item of the kind {@code file}.
     *
     * @param name {@code owner/name}
     * @throws IllegalArgumentException if the name is none, or the token is blank or has a line break
     */
    public static GitHub repository(String name, String token) {
        Authorization authorization = Authorization.of("Bearer", token);
        return repository(name, (server, repo, options) -> authorization);
    }

    /**
     * A repository, asked as an app that is installed there.
     *
     * @param name {@code owner/name}
     */
    public static GitHub repository(String name, GitHubApp app) {
        return repository(name, (GitHubAccount) app);
    }

    private static GitHub repository(String name, GitHubAccount account) {
        return new GitHub(GITHUB_COM, Repo.parse(name), account, FILES, HttpOptions.standard());
    }

    /**
     * The same repository name at a GitHub Enterprise Server.
     *
     * @param api the address of its REST API: {@code https://github.example.com/api/v3}
     */
    public GitHub server(URI api) {
        return new GitHub(api, repo, account, kinds, options);
    }

    /** The same, where these count as items. */
    public GitHub items(ItemKind... itemKinds) {
        return items(List.of(itemKinds));
    }

    /** The same, where these count as items. */
    public GitHub items(List<ItemKind> itemKinds) {
        return new GitHub(server, repo, account, itemKinds, options);
    }

    /** The same with other timeouts and limits. */
    public GitHub http(HttpOptions httpOptions) {
        return new GitHub(server, repo, account, kinds, httpOptions);
    }

    /** Its tags, for hosts without a clone. */
    public GitHubTags tags() {
        return new GitHubTags(wired().connection);
    }

    /** Its releases. */
    public GitHubReleases releases() {
        return new GitHubReleases(wired().connection);
    }

    /** Its deployments. */
    public GitHubDeployments deployments() {
        return new GitHubDeployments(wired().connection);
    }

    /**
     * A receiver of its web hooks.
     *
     * @param secret the hook's secret; while it is being replaced, make a {@link GitHubWebhooks} with both
     */
    public GitHubWebhooks webhooks(String secret) {
        return new GitHubWebhooks(repository(), List.of(secret));
    }

    /** The same for deliveries, which may wait for less than a minute. */
    GitHub forDeliveries() {
        Duration patience = options.patience().compareTo(DELIVERY) < 0 ? options.patience() : DELIVERY;
        return http(options.patience(patience));
    }

    @Override
    public String repository() {
        return repo.toString();
    }

    @Override
    public PullRequestPage changedSince(Optional<String> cursor, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit is at least 1, not " + limit);
        }
        Cursor from = cursor.map(text -> Cursor.parse(text, repository()))
                .orElseGet(() -> Cursor.walk(repository(), Instant.EPOCH));
        return wired().page(from, limit);
    }

    /** All pull requests that are open now, 50 in a request; nothing is followed. */
    public List<PullRequest> openPullRequests() {
        return wired().open();
    }

    @Override
    public PullRequestDetail pullRequest(long number) {
        return wired().detail(number);
    }

    @Override
    public MergeOutcome merge(MergeRequest request) {
        return wired().merge(request);
    }

    @Override
    public Optional<String> runChecks(long number, CommitId head) {
        return wired().runChecks(number, head);
    }

    @Override
    public CheckSummary checks(CommitId commit) {
        return wired().checks(commit);
    }

    @Override
    public String toString() {
        return "GitHub[" + repo + " at " + server + "]";
    }
}
