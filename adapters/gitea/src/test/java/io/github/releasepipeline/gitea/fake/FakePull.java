package io.github.releasepipeline.gitea.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pull request while it changes; and its JSON. */
public final class FakePull {
    public final long number;
    public String title;
    public String author;
    public List<String> labels;
    public String base;
    public String mergeBase;
    public String head;
    public String headLabel;
    /** The fork that the head comes from; a fork that was deleted is empty. */
    public Optional<String> headRepository;

    public Instant createdAt;
    public Instant updatedAt;
    public boolean open = true;
    public Optional<Instant> closedAt = Optional.empty();
    public Optional<String> mergeCommit = Optional.empty();
    public Optional<String> mergedBy = Optional.empty();
    /** How many more answers leave out the merge commit. */
    public int mergeCommitLag;
    /** How many more merge orders find it still being looked at. */
    public int checking;

    public final List<ObjectNode> reviews = new ArrayList<>();
    public final List<ObjectNode> timeline = new ArrayList<>();
    /** Fields that answers have instead of what they would have. */
    public final ObjectNode odd = Json.object();

    FakePull(long number, String title, String author, List<String> labels) {
        this.number = number;
        this.title = title;
        this.author = author;
        this.labels = List.copyOf(labels);
        this.headLabel = "proposal-" + number;
        this.headRepository = Optional.of("acme/flows");
    }

    boolean isDraft() {
        return title.startsWith("WIP:") || title.startsWith("[WIP]");
    }

    boolean isMerged() {
        return mergeCommit.isPresent();
    }

    ObjectNode json(FakeGit git, boolean mergeable, String fullName, String mergeStyle) {
        ObjectNode json = Json.object()
                .put("id", 4_000_000_000L + number)
                .put("number", number)
                .put("title", title)
                .put("body", "Why: " + title)
                .put("state", open ? "open" : "closed")
                .put("draft", isDraft())
                .put("mergeable", mergeable)
                .put("merged", isMerged())
                .put("merge_base", mergeBase)
                .put("created_at", createdAt.toString())
                .put("updated_at", updatedAt.toString())
                .put("html_url", "https://gitea.example.org/" + fullName + "/pulls/" + number);
        json.set("user", user(author));
        ArrayNode names = json.putArray("labels");
        labels.forEach(label -> names.addObject().put("id", 5_000_000_000L).put("name", label));
        json.putNull("milestone").putNull("assignee").putNull("assignees").putNull("requested_reviewers");
        json.put("closed_at", closedAt.map(Instant::toString).orElse(null));
        json.put("merged_at", isMerged() ? closedAt.map(Instant::toString).orElse(null) : null);
        json.set("merged_by", mergedBy.map(FakePull::user).orElse(null));
        boolean lagging = mergeCommitLag > 0 && isMerged();
        mergeCommitLag -= lagging ? 1 : 0;
        json.put("merge_commit_sha", lagging ? null : mergeCommit.orElse(null));
        ObjectNode into = json.putObject("base").put("label", base).put("ref", base);
        into.put("sha", git.branches.getOrDefault(base, ""));
        into.putObject("repo").put("id", 7).put("full_name", fullName).put("default_merge_style", mergeStyle);
        ObjectNode from = json.putObject("head")
                .put("label", headLabel)
                .put("ref", headLabel)
                .put("sha", head);
        headRepository.ifPresentOrElse(
                name -> from.putObject("repo").put("full_name", name), () -> from.putNull("repo"));
        odd.properties().forEach(field -> {
            if (field.getValue().isMissingNode() || field.getValue().asText().equals("(absent)")) {
                json.remove(field.getKey());
            } else {
                json.set(field.getKey(), field.getValue());
            }
        });
        return json;
    }

    static ObjectNode user(String login) {
        boolean gone = login.equals("Ghost");
        return Json.object()
                .put("id", gone ? -1 : 6_000_000_000L + Math.abs(login.hashCode()))
                .put("login", login)
                .put("email", "");
    }
}
