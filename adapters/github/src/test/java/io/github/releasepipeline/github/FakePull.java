package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pull request at the fake. */
final class FakePull {
    final long number;
    String title;

    @Nullable
    String author;

    List<String> labels = new ArrayList<>();
    boolean draft;
    String base = "main";
    String fork;
    final List<String> commits = new ArrayList<>();
    String state = "OPEN";

    @Nullable
    String mergeCommit;

    @Nullable
    String mergedBy;

    Instant createdAt;
    Instant updatedAt;

    @Nullable
    Instant endedAt;

    String body = "What it is about";
    boolean bot;
    final List<Review> reviews = new ArrayList<>();
    boolean reviewRequested;

    @Nullable
    String decision;

    final List<JsonNode> timeline = new ArrayList<>();
    Optional<String> revertedBy = Optional.empty();
    int queuePosition;

    record Review(String reviewer, String state, String commit, Instant at, String association) {}

    FakePull(long number, String title, @Nullable String author, String fork, Instant at) {
        this.number = number;
        this.title = title;
        this.author = author;
        this.fork = fork;
        this.createdAt = at;
        this.updatedAt = at;
    }

    String head() {
        return commits.get(commits.size() - 1);
    }

    boolean open() {
        return state.equals("OPEN");
    }
}
