package io.github.releasepipeline.jgit;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.MergeRequest.Method;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A repository, what its users do in it, and the module under test on it. */
final class PlainGit implements AutoCloseable {
    static final List<ItemKind> KINDS = List.of(ItemKind.of("workflow", "workflows/**"));

    final History history;
    final GitRepository repository;
    final GitPullRequests control;

    PlainGit(Path folder) {
        history = History.create(folder);
        history.ref("refs/heads/main", history.commit(Map.of("README.md", "flows"), List.of()));
        repository = GitRepository.at(folder);
        control = GitPullRequests.of(repository, KINDS);
    }

    CommitId main() {
        return history.at("refs/heads/main");
    }

    /** A commit on a branch, which begins at main if it is new. */
    CommitId commit(String branch, String message, Map<String, String> changed) {
        CommitId parent = exists(branch) ? history.at("refs/heads/" + branch) : main();
        Map<String, String> files = new HashMap<>(history.files(parent));
        files.putAll(changed);
        CommitId commit = history.commit(files, List.of(parent), message, "alice");
        history.ref("refs/heads/" + branch, commit);
        return commit;
    }

    CommitId commit(String branch, String message) {
        return commit(branch, message, Map.of("workflows/" + message.hashCode(), message));
    }

    /** A merge commit on main. */
    CommitId mergeCommit(String message, CommitId head) {
        return mergeCommit("main", message, head);
    }

    /** A merge commit on a branch. */
    CommitId mergeCommit(String branch, String message, CommitId head) {
        CommitId tip = history.at("refs/heads/" + branch);
        Map<String, String> files = new HashMap<>(history.files(tip));
        files.putAll(history.files(head));
        CommitId merge = history.commit(files, List.of(tip, head), message, "maintainer");
        history.ref("refs/heads/" + branch, merge);
        return merge;
    }

    private boolean exists(String branch) {
        try {
            return history.jgit().exactRef("refs/heads/" + branch) != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<Long, PullRequest> all() {
        return follow(Optional.empty(), 100).told;
    }

    record Followed(Map<Long, PullRequest> told, String cursor) {}

    Followed follow(Optional<String> cursor, int limit) {
        return follow(control, cursor, limit);
    }

    static Followed follow(GitPullRequests control, Optional<String> cursor, int limit) {
        Map<Long, PullRequest> told = new LinkedHashMap<>();
        Optional<String> at = cursor;
        while (true) {
            PullRequestPage page = control.changedSince(at, limit);
            page.changed().forEach(pullRequest -> told.put(pullRequest.number(), pullRequest));
            at = Optional.of(page.cursor());
            if (page.complete()) {
                return new Followed(told, page.cursor());
            }
        }
    }

    PullRequest read(long number) {
        return control.pullRequest(number).pullRequest();
    }

    MergeOutcome merge(long number, CommitId head, Method method) {
        return control.merge(new MergeRequest(
                number,
                head,
                Optional.of(method),
                Actor.user("bob"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    }

    @Override
    public void close() {
        repository.close();
        history.close();
    }
}
