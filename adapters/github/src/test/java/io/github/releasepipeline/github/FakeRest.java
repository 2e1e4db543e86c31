package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import io.github.releasepipeline.source.MergeRequest.Method;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fake's REST. */
final class FakeRest {
    private static final Pattern PATH = Pattern.compile("(?:/api/v3)?/repos/acme/flows(.*)");
    private static final Pattern PULL = Pattern.compile("/pulls/(\\d+)(/.*)?");

    private final FakeGitHub fake;

    FakeRest(FakeGitHub fake) {
        this.fake = fake;
    }

    Answer answer(Asked asked) {
        Matcher path = PATH.matcher(asked.path());
        if (!path.matches()) {
            return FakeGitHub.problem(404, "Not Found");
        }
        String rest = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
        Matcher pull = PULL.matcher(rest);
        if (pull.matches()) {
            FakePull found = fake.pulls.get(Long.parseLong(pull.group(1)));
            return found == null
                    ? FakeGitHub.problem(404, "Not Found")
                    : pull(asked, found, Optional.ofNullable(pull.group(2)).orElse(""));
        }
        if (rest.isEmpty()) {
            return Answer.json(200, Shapes.repository(fake));
        }
        if (rest.equals("/pulls")) {
            return pulls(asked);
        }
        if (rest.startsWith("/issues/")) {
            ArrayNode events = Json.array();
            fake.pulls.get(Long.parseLong(rest.split("/")[2])).timeline.forEach(events::add);
            return page(asked, events);
        }
        if (rest.startsWith("/rules/branches/")) {
            return Answer.json(200, rules());
        }
        if (rest.startsWith("/git/") || rest.startsWith("/releases")) {
            return fake.tags.answer(asked, rest);
        }
        if (rest.startsWith("/deployments")) {
            return fake.deployments.answer(asked, rest);
        }
        return new FakeChecks(fake).answer(asked, rest).orElseGet(() -> commit(rest));
    }

    private Answer commit(String rest) {
        FakeCommit commit = fake.commits.get(rest.substring(rest.lastIndexOf('/') + 1));
        return rest.startsWith("/commits/") && commit != null
                ? Answer.json(200, Shapes.commit(commit))
                : FakeGitHub.problem(404, "Not Found");
    }

    private Answer pull(Asked asked, FakePull pull, String below) {
        return switch (below) {
            case "" -> Answer.json(200, new FakePullJson(fake).of(pull));
            case "/files" -> page(asked, files(pull));
            case "/commits" -> page(asked, commits(pull));
            case "/reviews" -> page(asked, reviews(pull));
            case "/merge" -> merge(asked.json(), pull);
            default -> FakeGitHub.problem(404, "Not Found");
        };
    }

    private Answer pulls(Asked asked) {
        boolean open = asked.query("state").orElse("open").equals("open");
        Comparator<FakePull> order = open
                ? Comparator.comparing(pull -> pull.number)
                : Comparator.comparing((FakePull pull) -> pull.updatedAt).reversed();
        ArrayNode list = Json.array();
        fake.pulls.values().stream()
                .filter(pull -> pull.open() == open)
                .sorted(order)
                .forEach(pull -> list.add(new FakePullJson(fake).simple(pull)));
        return page(asked, list);
    }

    /** One page, and in the header where the next one is. */
    static Answer page(Asked asked, ArrayNode all) {
        int size = Integer.parseInt(asked.query("per_page").orElse("30"));
        int page = Integer.parseInt(asked.query("page").orElse("1"));
        ArrayNode entries = Json.array();
        for (int i = (page - 1) * size; i < Math.min(all.size(), page * size); i++) {
            entries.add(all.get(i));
        }
        Answer answer = Answer.json(200, entries);
        if (page * size >= all.size()) {
            return answer;
        }
        String query = asked.uri().getRawQuery().replaceAll("&?\\bpage=\\d+", "") + "&page=" + (page + 1);
        return answer.header("Link", "<" + asked.path() + "?" + query + ">; rel=\"next\"");
    }

    private ArrayNode files(FakePull pull) {
        ArrayNode files = Json.array();
        for (FakeGitHub.FakeFile file : fake.files(pull)) {
            ObjectNode json = Shapes.urls("blob_url contents_url raw_url")
                    .put("sha", FakeCommit.sha1(file.path()))
                    .put("filename", file.path())
                    .put("status", file.status())
                    .put("additions", 1)
                    .put("deletions", 1)
                    .put("changes", 2);
            if (file.before() != null) {
                json.put("previous_filename", file.before());
            }
            files.add(json);
        }
        return files;
    }

    private ArrayNode commits(FakePull pull) {
        ArrayNode commits = Json.array();
        pull.commits.forEach(id -> commits.add(Shapes.commit(fake.commits.get(id))));
        return commits;
    }

    private static ArrayNode reviews(FakePull pull) {
        ArrayNode reviews = Json.array();
        for (FakePull.Review review : pull.reviews) {
            ObjectNode json = ((ObjectNode) Shapes.reviewed(review)).without(List.of("event"));
            reviews.add(json.put("state", review.state()));
        }
        return reviews;
    }

    private ArrayNode rules() {
        ArrayNode rules = Json.array();
        if (fake.rules.approvals > 0) {
            ObjectNode rule = rules.addObject().put("type", "pull_request");
            rule.putObject("parameters")
                    .put("required_approving_review_count", fake.rules.approvals)
                    .put("dismiss_stale_reviews_on_push", false)
                    .put("require_code_owner_review", false)
                    .put("require_last_push_approval", false)
                    .put("required_review_thread_resolution", false);
        }
        if (!fake.rules.checks.isEmpty()) {
            ObjectNode parameters = rules.addObject()
                    .put("type", "required_status_checks")
                    .putObject("parameters")
                    .put("strict_required_status_checks_policy", false);
            ArrayNode checks = parameters.putArray("required_status_checks");
            fake.rules.checks.forEach(name -> checks.addObject().put("context", name));
        }
        return rules;
    }

    private Answer merge(JsonNode order, FakePull pull) {
        String method = order.path("merge_method").asText("merge");
        if (pull.draft) {
            return FakeGitHub.problem(405, "Pull Request is still a draft");
        }
        if (!pull.open()) {
            return FakeGitHub.problem(405, "Pull Request is not mergeable");
        }
        if (fake.rules.mergeQueue) {
            return FakeGitHub.problem(405, "Changes must be made through the merge queue");
        }
        if (fake.rules.forbiddenMethods.contains(method)) {
            return FakeGitHub.problem(405, "Merge method " + method + " is not allowed on this repository");
        }
        if (!order.path("sha").asText().equals(pull.head())) {
            return FakeGitHub.problem(409, "Head branch was modified. Review and try the merge again.");
        }
        if (fake.merged(pull).isEmpty()) {
            return FakeGitHub.problem(405, "Pull Request is not mergeable");
        }
        String sha = fake.merge(pull, Method.valueOf(method.toUpperCase(Locale.ROOT)), "app");
        return Answer.json(
                200,
                Json.object().put("sha", sha).put("merged", true).put("message", "Pull Request successfully merged"));
    }
}
