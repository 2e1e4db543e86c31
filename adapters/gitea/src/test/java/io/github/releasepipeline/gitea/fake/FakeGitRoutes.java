package io.github.releasepipeline.gitea.fake;

import static io.github.releasepipeline.gitea.fake.FakeRoutes.ok;
import static io.github.releasepipeline.gitea.fake.FakeRoutes.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.gitea.fake.FakeRoutes.Request;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Endpoints of commits, branches, tags and releases. */
final class FakeGitRoutes {
    private final FakeGitea gitea;

    FakeGitRoutes(FakeGitea gitea) {
        this.gitea = gitea;
    }

    void addTo(Map<String, Function<Request, Answer>> routes) {
        routes.put("GET {repo}/commits", this::log);
        routes.put("GET {repo}/compare/{}", this::compare);
        routes.put("GET {repo}/branches/{}", this::branch);
        routes.put("GET {repo}/branch_protections/{}", this::protection);
        routes.put("POST {repo}/tags", this::createTag);
        routes.put("GET {repo}/tags/{}", request -> found(gitea.tags.get(request.parameter(1))));
        routes.put("GET {repo}/git/tags/{}", this::annotated);
        routes.put("POST {repo}/releases", this::createRelease);
        routes.put("PATCH {repo}/releases/{}", this::changeRelease);
        routes.put("GET {repo}/releases/tags/{}", request -> found(release(request.parameter(1))));
    }

    private static Answer found(@org.jspecify.annotations.Nullable JsonNode json) {
        return json == null ? problem(404, "The target couldn't be found.") : ok(json);
    }

    private Answer log(Request request) {
        String from = request.asked().query("sha").orElse("main");
        List<FakeCommit> commits = gitea.git.log(from);
        int size = Math.min(request.query("limit", 30), gitea.maxPage);
        int first = Math.min(commits.size(), (request.query("page", 1) - 1) * size);
        ArrayNode page = Json.array();
        commits.subList(first, Math.min(commits.size(), first + size))
                .forEach(commit -> page.add(commit.json(List.of())));
        return ok(page);
    }

    private Answer compare(Request request) {
        String[] ends = request.parameter(1).split("\\.\\.\\.");
        ObjectNode json = Json.object();
        ArrayNode commits = json.putArray("commits");
        gitea.git
                .range(ends[0], ends[1])
                .forEach(commit ->
                        commits.add(commit.json(gitea.git.diff(commit.parents().get(0), commit.sha()))));
        return ok(json.put("total_commits", commits.size()));
    }

    private Answer branch(Request request) {
        String name = request.parameter(1);
        if (!gitea.git.branches.containsKey(name)) {
            return problem(404, "The target couldn't be found.");
        }
        Optional<ObjectNode> rule = gitea.rule.filter(any -> name.equals("main"));
        ObjectNode json = Json.object()
                .put("name", name)
                .put("protected", rule.isPresent())
                .put(
                        "required_approvals",
                        rule.map(r -> r.path("required_approvals").asInt()).orElse(0))
                .put(
                        "enable_status_check",
                        rule.map(r -> r.path("enable_status_check").asBoolean()).orElse(false))
                .put(
                        "effective_branch_protection_name",
                        rule.filter(r -> gitea.administrator)
                                .map(r -> r.path("rule_name").asText())
                                .orElse(""));
        json.set(
                "status_check_contexts",
                rule.map(r -> r.path("status_check_contexts")).orElse(Json.array()));
        return ok(json);
    }

    private Answer protection(Request request) {
        return gitea.administrator
                ? found(gitea.rule
                        .filter(r -> r.path("rule_name").asText().equals(request.parameter(1)))
                        .orElse(null))
                : problem(404, "The target couldn't be found.");
    }

    private Answer createTag(Request request) {
        JsonNode order = request.asked().json();
        String name = order.path("tag_name").asText();
        if (gitea.tags.containsKey(name)) {
            return problem(409, "tag already exists");
        }
        if (name.startsWith("protected-")) {
            return problem(422, "user not allowed to create protected tag");
        }
        Optional<FakeCommit> target = gitea.git.find(order.path("target").asText());
        if (target.isEmpty()) {
            return problem(404, "target not found");
        }
        return Answer.json(200, tag(name, order.path("message").asText(), target.get()));
    }

    private ObjectNode tag(String name, String message, FakeCommit target) {
        boolean annotated = !message.isEmpty();
        ObjectNode tag = Json.object()
                .put("name", name)
                .put("message", annotated ? message : target.message())
                .put("id", annotated ? FakeGit.sha("tag " + gitea.nextId()) : target.sha());
        tag.putObject("commit")
                .put("sha", target.sha())
                .put("created", target.committed().toString());
        gitea.tags.put(name, tag);
        return tag;
    }

    private Answer annotated(Request request) {
        return found(gitea.tags.values().stream()
                .filter(tag -> tag.path("id").asText().equals(request.parameter(1)))
                .map(tag -> {
                    ObjectNode json = Json.object()
                            .put("tag", tag.path("name").asText())
                            .put("sha", tag.path("id").asText())
                            .put("message", tag.path("message").asText() + "\n");
                    json.putObject("tagger")
                            .put("name", "maintainer")
                            .put("date", gitea.now().toString());
                    json.putObject("object")
                            .put("type", "commit")
                            .put("sha", tag.path("commit").path("sha").asText());
                    return json;
                })
                .findFirst()
                .orElse(null));
    }

    private @org.jspecify.annotations.Nullable ObjectNode release(String tag) {
        return gitea.releases.stream()
                .filter(row -> row.path("tag_name").asText().equals(tag))
                .findFirst()
                .orElse(null);
    }

    private Answer createRelease(Request request) {
        ObjectNode order = (ObjectNode) request.asked().json();
        if (release(order.path("tag_name").asText()) != null) {
            return problem(409, "Release is has no Tag");
        }
        ObjectNode row = order.deepCopy()
                .put("id", gitea.nextId())
                .put("published_at", gitea.tick().toString())
                .put(
                        "html_url",
                        "https://gitea.example.org/acme/flows/releases/"
                                + order.path("tag_name").asText());
        gitea.releases.add(row);
        return Answer.json(201, row);
    }

    private Answer changeRelease(Request request) {
        for (ObjectNode row : gitea.releases) {
            if (row.path("id").asLong() == request.number(1)) {
                row.setAll((ObjectNode) request.asked().json());
                return ok(row);
            }
        }
        return problem(404, "The target couldn't be found.");
    }
}
