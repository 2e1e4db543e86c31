package io.github.releasepipeline.gitea;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.gitea.PullReader.Reading;
import io.github.releasepipeline.http.Authorization;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.HttpApi;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.http.ItemPaths;
import io.github.releasepipeline.http.hook.WebhookReceiver;
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
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagOutcome;
import io.github.releasepipeline.source.TagRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A repository on Gitea (1.22 and newer) or Forgejo.
 *
 * <p><b>Token.</b> It needs {@code read:repository} and {@code read:issue}; to merge, to tag and to run checks again
 * {@code write:repository}. Without a token, public repositories can be read.
 *
 * <p><b>Reviews.</b> The decision follows from the official reviews and the rule of the base branch; approvals count for the
 * head that they were given on, requests for changes until they are dismissed or withdrawn. How many approvals are needed is
 * unknown where the server does not show the branch. <b>Checks</b> are the newest status of each context, and the contexts
 * that the rule requires and nobody has reported yet; {@code warning} counts as failed, {@code skipped} as passed.
 *
 * <p><b>Following</b> tells the open ones first, then those that were merged or closed, newest change first; from then on
 * what has changed. Statuses and rules change without a pull request being changed, so all open ones are told again every
 * {@linkplain #tellOpenAgainEvery ten minutes}. A pull request whose commits the server has lost is left out. Reading N pull
 * requests costs N × 3 requests (N × 5 for merged ones), less what is remembered.
 *
 * <p><b>Merging</b> always names the expected head. An answer that was lost is looked up, never ordered again. "Try again
 * later" is asked again for about eight seconds.
 *
 * <p>An object asks for nothing before it is used, keeps no connection open and need not be closed. Thread-safe.
 */
public final class Gitea implements SourceControl, CheckRunner, CommitChecks {
    private static final List<ItemKind> FILES = List.of(ItemKind.of("file", "**"));

    private final String address;
    private final RepositoryName repository;
    private final Authorization authorization;
    private final HttpOptions options;
    private final List<ItemKind> kinds;
    private final Duration openAgain;
    private final Waits waits;
    private final HttpApi http;
    private final Server server;
    private final PullMemory memory = new PullMemory();
    private final Workers workers;

    private Gitea(
            String address,
            RepositoryName repository,
            Authorization authorization,
            HttpOptions options,
            List<ItemKind> kinds,
            Duration openAgain,
            Waits waits) {
        this.address = address;
        this.repository = repository;
        this.authorization = authorization;
        this.options = options;
        this.kinds = List.copyOf(kinds);
        this.openAgain = openAgain;
        this.waits = waits;
        this.http = new HttpApi(api(address), new GiteaDialect(), authorization, options);
        this.server = new Server(http);
        this.workers = new Workers(options.concurrency());
    }

    /**
     * A repository. Until {@link #items} says more, every changed file counts as an item of the kind {@code file}.
     *
     * @param url where the server's start page is, with its path if it is installed below one
     * @param repository {@code owner/name}
     * @param token a personal access token
     * @throws IllegalArgumentException if one of them cannot be right
     */
    public static Gitea repository(String url, String repository, String token) {
        return of(url, repository, Authorization.of("token", token));
    }

    /** A public repository, read without a token. */
    public static Gitea repository(String url, String repository) {
        return of(url, repository, Authorization.none());
    }

    private static Gitea of(String url, String repository, Authorization authorization) {
        return new Gitea(
                url,
                RepositoryName.parse(repository),
                authorization,
                HttpOptions.standard().concurrency(6),
                FILES,
                Duration.ofMinutes(10),
                Waits.REAL);
    }

    private static URI api(String url) {
        try {
            String base = url.strip().replaceAll("/+$", "");
            return URI.create(base.endsWith("/api/v1") ? base : base + "/api/v1");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The address of Gitea is no URL: " + e.getMessage(), e);
        }
    }

    /** The same, where these count as items. */
    public Gitea items(ItemKind... theKinds) {
        return items(List.of(theKinds));
    }

    /** The same, where these count as items. */
    public Gitea items(List<ItemKind> theKinds) {
        return new Gitea(address, repository, authorization, options, theKinds, openAgain, waits);
    }

    /** The same with other limits: patience, requests at a time (6 if nothing is said), clock. */
    public Gitea http(HttpOptions theOptions) {
        return new Gitea(address, repository, authorization, theOptions, kinds, openAgain, waits);
    }

    /** The same, where all open pull requests are told again so long after the last time. */
    public Gitea tellOpenAgainEvery(Duration time) {
        return new Gitea(address, repository, authorization, options, kinds, time, waits);
    }

    /** The same, which waits for the server in another way. */
    Gitea waits(Waits theWaits) {
        return new Gitea(address, repository, authorization, options, kinds, openAgain, theWaits);
    }

    @Override
    public String repository() {
        return repository.toString();
    }

    @Override
    public PullRequestPage changedSince(Optional<String> cursor, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit is at least 1, not " + limit);
        }
        Optional<FollowCursor> from = cursor.map(text -> FollowCursor.parse(text, repository()));
        Session session = session();
        Follower.Step step = follower(session)
                .step(from, Math.min(limit, session.pageSize()), options.clock().instant());
        return new PullRequestPage(read(session, step.rows()), step.cursor().text(), step.complete());
    }

    /** All pull requests that are open now, newest change first. */
    public List<PullRequest> openPullRequests() {
        Session session = session();
        return read(session, session.open(follower(session)));
    }

    private Follower follower(Session session) {
        return new Follower(repository(), session.lists(), openAgain);
    }

    private List<PullRequest> read(Session session, List<PullRow> rows) {
        return workers.map(rows, session.reader()::read).stream()
                .flatMap(Optional::stream)
                .map(Reading::pullRequest)
                .toList();
    }

    @Override
    public PullRequestDetail pullRequest(long number) {
        return session().detail(number);
    }

    @Override
    public MergeOutcome merge(MergeRequest request) {
        return session().merging().merge(request);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Works for workflows of the server itself from Gitea 1.26 on. If some failed, their failed jobs run again, otherwise
     * everything.
     */
    @Override
    public Optional<String> runChecks(long number, CommitId head) {
        return session().runChecks(number, head);
    }

    @Override
    public CheckSummary checks(CommitId commit) {
        return session().checks(commit);
    }

    /** Creates an annotated tag if there is none of this name; never moves one. Safe to repeat. */
    public TagOutcome createTag(TagRequest request) {
        return session().tags().create(request);
    }

    /** A tag by its name. */
    public Optional<Tag> tag(String name) {
        return session().tags().find(name);
    }

    /**
     * Publishes a release of a tag, or makes the one that is there say the same. Safe to repeat.
     *
     * @param tag must be there: {@link #createTag} it first
     * @param notes Markdown
     * @throws NotFoundException if there is no such tag
     */
    public GiteaRelease publishRelease(String tag, String title, String notes, boolean preRelease) {
        return session().releases().publish(tag, title, notes, preRelease);
    }

    /**
     * Receives this server's web hooks. Set the hook's content type to {@code application/json}, give it a secret, and send
     * the events of pull requests, pushes, deletions and statuses. Statuses name a commit: which pull request it is the head
     * of is known for those that this object has read.
     *
     * @param secret the hook's secret
     * @param more others that are accepted too, while the secret is being replaced
     * @throws IllegalArgumentException for a blank one
     */
    public WebhookReceiver webhook(String secret, String... more) {
        return new GiteaWebhook(
                Stream.concat(Stream.of(secret), Stream.of(more)).toList(), memory::withHead);
    }

    /** One call of the port, with its deadline. */
    private Session session() {
        return new Session(
                repository(),
                server,
                new Rest(http, repository, server.pageSize(deadline()), deadline()),
                new ItemPaths(kinds),
                memory,
                waits);
    }

    private Deadline deadline() {
        return Deadline.in(options.patience(), options.clock());
    }

    @Override
    public String toString() {
        return "Gitea[" + repository + " at " + http.base() + "]";
    }
}
