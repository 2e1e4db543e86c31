package io.github.releasepipeline.gitea;

import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Answer.Delivery;
import io.github.releasepipeline.http.stub.Exchange;
import io.github.releasepipeline.http.stub.OpenApiDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The versions whose descriptions exchanges are checked against. */
enum Described {
    GITEA_1_22("1.22.6", "gitea-1.22.6.swagger2.json.gz", false),
    GITEA_1_25("1.25.4", "gitea-1.25.4.swagger2.json.gz", false),
    GITEA_1_26("1.26.3", "gitea-1.26.3.swagger2.json.gz", false),
    GITEA_1_27("1.27.0+dev-42-gabcdef", "gitea-1.27-dev-20260716.openapi3.json.gz", false),
    FORGEJO_16("16.0.1+gitea-1.22.0", "forgejo.swagger.v1.json.gz", true);

    /** Answers of proxies, of middleware before the endpoints, and redirects; like scheduled merges, not described. */
    private static final Set<Integer> UNDESCRIBED = Set.of(301, 307, 401, 403, 429, 500, 502, 503);

    final String version;
    private final String file;
    private final boolean bodiesOfErrors;
    private final Set<List<Object>> sound = ConcurrentHashMap.newKeySet();

    Described(String version, String file, boolean bodiesOfErrors) {
        this.version = version;
        this.file = file;
        this.bodiesOfErrors = bodiesOfErrors;
    }

    /** What is wrong with exchanges; nothing where the descriptions are not at hand. Equal exchanges are checked once. */
    List<String> problems(String basePath, List<Exchange> exchanges) {
        return OpenApiDocument.of("gitea/" + file, basePath, false)
                .map(document -> exchanges.stream()
                        .filter(exchange -> !sound.contains(key(basePath, exchange)))
                        .flatMap(exchange -> problems(document, basePath, exchange).stream())
                        .toList())
                .orElse(List.of());
    }

    private List<String> problems(OpenApiDocument document, String basePath, Exchange exchange) {
        List<String> problems = document.problems(List.of(describable(exchange)));
        if (problems.isEmpty()) {
            sound.add(key(basePath, exchange));
        }
        return problems;
    }

    private static List<Object> key(String basePath, Exchange exchange) {
        return List.of(
                basePath,
                exchange.asked().toString(),
                exchange.asked().header("content-type"),
                new String(exchange.asked().body(), StandardCharsets.UTF_8),
                exchange.answered().status(),
                exchange.answered().headers(),
                exchange.answered().delivery(),
                new String(exchange.answered().body(), StandardCharsets.UTF_8));
    }

    /** Errors have bodies, of which Gitea's descriptions say nothing, and Forgejo's nothing for 405. */
    private Exchange describable(Exchange exchange) {
        Answer answer = exchange.answered();
        boolean scheduled = answer.status() == 201 && exchange.asked().path().endsWith("/merge");
        if (scheduled || UNDESCRIBED.contains(answer.status())) {
            return new Exchange(exchange.asked(), answer.delivered(Delivery.CUT));
        }
        return answer.status() < 400 || (bodiesOfErrors && answer.status() != 405)
                ? exchange
                : new Exchange(exchange.asked(), Answer.empty(answer.status()).delivered(answer.delivery()));
    }
}
