package io.github.releasepipeline.gitea.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's interface: finds the endpoint of a request and answers from what the {@link FakeGitea} knows. */
public final class FakeRoutes implements Function<Asked, Answer> {
    public static final String TOKEN = "token-of-the-maintainer";

    private final FakeGitea gitea;
    private final String prefix;
    private final List<Trouble> troubles = new ArrayList<>();
    private final Map<String, Function<Request, Answer>> routes = new TreeMap<>();
    /** The name that the repository was renamed to. */
    public String fullName = "acme/flows";
    /** Whether lists are sent without their length. */
    public boolean uncounted;

    private record Trouble(Predicate<Asked> when, Function<Optional<Answer>, Answer> answer, boolean after) {}

    /** A request with the parameters of its path. */
    record Request(Asked asked, Matcher path) {
        String parameter(int number) {
            return URLDecoder.decode(path.group(number), StandardCharsets.UTF_8);
        }

        long number(int parameter) {
            return Long.parseLong(parameter(parameter));
        }

        int query(String name, int otherwise) {
            return asked.query(name).map(Integer::parseInt).orElse(otherwise);
        }
    }

    /** @param prefix where the server is installed, such as {@code /sub/path} */
    public FakeRoutes(FakeGitea gitea, String prefix) {
        this.gitea = gitea;
        this.prefix = prefix;
        routes.put("GET /version", request -> ok(Json.object().put("version", gitea.version)));
        routes.put("GET /settings/api", request -> ok(Json.object().put("max_response_items", gitea.maxPage)));
        new FakePullRoutes(gitea, this).addTo(routes);
        new FakeGitRoutes(gitea).addTo(routes);
    }

    /** The next request of this kind is answered so, and has no effect. */
    public synchronized void instead(String request, Answer answer) {
        troubles.add(new Trouble(is(request), ignored -> answer, false));
    }

    /** The next request of this kind has its effect, but is answered so. */
    public synchronized void after(String request, Answer answer) {
        troubles.add(new Trouble(is(request), ignored -> answer, true));
    }

    /** Something happens just before the next request of this kind is served. */
    public synchronized void before(String request, Runnable act) {
        troubles.add(new Trouble(
                is(request),
                answer -> {
                    act.run();
                    return answer.orElseGet(() -> Answer.empty(0));
                },
                false));
    }

    private static Predicate<Asked> is(String request) {
        return asked -> Pattern.compile(request).matcher(asked.toString()).find();
    }

    @Override
    public synchronized Answer apply(Asked asked) {
        Optional<Trouble> trouble =
                troubles.stream().filter(each -> each.when().test(asked)).findFirst();
        trouble.ifPresent(troubles::remove);
        if (trouble.isPresent() && !trouble.get().after()) {
            Answer answer = trouble.get().answer().apply(Optional.empty());
            if (answer.status() != 0) {
                return answer;
            }
        }
        Answer answer;
        synchronized (gitea) {
            answer = served(asked);
        }
        return trouble.filter(Trouble::after)
                .map(each -> each.answer().apply(Optional.of(answer)))
                .orElse(answer);
    }

    private Answer served(Asked asked) {
        String root = prefix + "/api/v1";
        if (!asked.path().startsWith(root)) {
            return Answer.of(404, "text/html", "<html>Not found</html>".getBytes(StandardCharsets.UTF_8));
        }
        if (!asked.header("authorization").equals(Optional.of("token " + TOKEN))) {
            return problem(401, "user does not exist [uid: 0, name: ]");
        }
        String path = asked.path().substring(root.length());
        String old = "/repos/acme/flows";
        if (!fullName.equals("acme/flows") && path.startsWith(old + "/")) {
            return Answer.empty(asked.method().equals("GET") ? 301 : 307)
                    .header(
                            "Location",
                            root + "/repos/" + fullName + path.substring(old.length())
                                    + Optional.ofNullable(asked.uri().getRawQuery())
                                            .map(query -> "?" + query)
                                            .orElse(""));
        }
        for (Map.Entry<String, Function<Request, Answer>> route : routes.entrySet()) {
            String pattern =
                    route.getKey().replace("{repo}", "/repos/" + fullName).replace("{}", "([^/]+)");
            Matcher matcher = Pattern.compile(pattern).matcher(asked.method() + " " + path);
            if (matcher.matches()) {
                return route.getValue().apply(new Request(asked, matcher));
            }
        }
        return problem(404, "The target couldn't be found.");
    }

    static Answer ok(JsonNode json) {
        return Answer.json(200, json);
    }

    static Answer problem(int status, String message) {
        return Answer.json(
                status, Json.object().put("message", message).put("url", "https://gitea.example.org/api/swagger"));
    }

    /** One page of rows; the total counts them all. */
    Answer page(Request request, List<? extends JsonNode> rows) {
        List<? extends JsonNode> page = pageOf(request, rows);
        ArrayNode json = Json.array();
        page.forEach(json::add);
        return uncounted ? ok(json) : ok(json).header("X-Total-Count", String.valueOf(rows.size()));
    }

    <T> List<T> pageOf(Request request, List<T> rows) {
        int size = Math.min(request.query("limit", 30), gitea.maxPage);
        int from = Math.min(rows.size(), (request.query("page", 1) - 1) * size);
        return rows.subList(from, Math.min(rows.size(), from + size));
    }

    static List<FakePull> newestChangeFirst(List<FakePull> pulls) {
        return pulls.stream()
                .sorted(Comparator.comparing((FakePull pull) -> pull.updatedAt)
                        .thenComparing(pull -> pull.createdAt)
                        .thenComparing(pull -> pull.number)
                        .reversed())
                .toList();
    }

    ObjectNode json(FakePull pull) {
        return pull.json(gitea.git, gitea.isMergeable(pull), fullName, gitea.mergeStyle);
    }
}
