package io.github.releasepipeline.http.stub;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/**
 * A vendor's description of its API, from the folder that the system property {@code contracts.dir} names. Reading one
 * takes seconds, so each is read once.
 */
public final class OpenApiDocument {
    /** A header that marks an answer which vendors give although their description forbids it: only what was asked is checked. */
    public static final String ODD = "X-Unlike-Description";

    private static final Map<String, OpenApiDocument> READ = new ConcurrentHashMap<>();

    private final OpenApiInteractionValidator validator;
    private final boolean nullable;

    private OpenApiDocument(String text, String basePath, boolean nullable) {
        this.validator = OpenApiInteractionValidator.createForInlineApiSpecification(text)
                .withBasePathOverride(basePath)
                .withResolveCombinators(true)
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.response.body.schema.format", ValidationReport.Level.IGNORE)
                        .withLevel(
                                "validation.response.body.schema.additionalProperties", ValidationReport.Level.IGNORE)
                        .withLevel("validation.request.security.missing", ValidationReport.Level.IGNORE)
                        .build())
                .build();
        this.nullable = nullable;
    }

    /**
     * A description; empty where the folder is not at hand.
     *
     * @param file below the folder, compressed by gzip
     * @param basePath what stands before the description's paths in requests: {@code ""}, {@code /api/v1}
     * @param saysNull whether it says which fields may be null; otherwise nulls of answers are left out before checking
     */
    public static Optional<OpenApiDocument> of(String file, String basePath, boolean saysNull) {
        return Optional.ofNullable(System.getProperty("contracts.dir"))
                .map(folder -> READ.computeIfAbsent(
                        file + " at " + basePath,
                        key -> new OpenApiDocument(unzipped(Path.of(folder, file)), basePath, saysNull)));
    }

    /** A file of the folder as text; empty where the folder is not at hand. */
    public static Optional<String> text(String file) {
        return Optional.ofNullable(System.getProperty("contracts.dir")).map(folder -> unzipped(Path.of(folder, file)));
    }

    /** What is wrong with these exchanges; answers that did not arrive whole are left out, their requests are not. */
    public List<String> problems(Collection<Exchange> exchanges) {
        List<String> problems = new ArrayList<>();
        exchanges.forEach(exchange -> problems(exchange)
                .forEach(problem -> problems.add(
                        exchange.asked() + " → " + exchange.answered().status() + ": " + problem)));
        return problems;
    }

    private List<String> problems(Exchange exchange) {
        SimpleRequest request = request(exchange.asked());
        ValidationReport report = exchange.answered().delivery() == Answer.Delivery.WHOLE
                        && !exchange.answered().headers().containsKey(ODD)
                ? validator.validate(request, response(exchange.answered()))
                : validator.validateRequest(request);
        return report.getMessages().stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .filter(message -> !isUnlistedError(message, exchange.answered()))
                .map(message -> message.getKey() + " " + message.getMessage())
                .toList();
    }

    /** Vendors leave out many of the errors and redirects that they answer. */
    private static boolean isUnlistedError(ValidationReport.Message message, Answer answer) {
        return answer.status() >= 300 && message.getKey().equals("validation.response.status.unknown");
    }

    private static SimpleRequest request(Asked asked) {
        SimpleRequest.Builder request = new SimpleRequest.Builder(asked.method(), asked.path());
        asked.queries().forEach(request::withQueryParam);
        asked.headers().forEach(request::withHeader);
        if (asked.body().length > 0) {
            request.withBody(asked.body());
        }
        return request.build();
    }

    private SimpleResponse response(Answer answer) {
        SimpleResponse.Builder response = new SimpleResponse.Builder(answer.status());
        answer.headers().forEach(response::withHeader);
        if (answer.body().length > 0) {
            response.withBody(nullable ? answer.body() : withoutNulls(answer.body()));
        }
        return response.build();
    }

    private static byte[] withoutNulls(byte[] body) {
        try {
            JsonNode json = Json.read(body);
            strip(json);
            return Json.write(json);
        } catch (IOException e) {
            return body;
        }
    }

    private static void strip(JsonNode json) {
        if (json instanceof ObjectNode object) {
            List<String> nulls = new ArrayList<>();
            object.properties().forEach(field -> {
                if (field.getValue().isNull()) {
                    nulls.add(field.getKey());
                }
            });
            object.remove(nulls);
        }
        json.forEach(OpenApiDocument::strip);
    }

    private static String unzipped(Path file) {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading " + file, e);
        }
    }
}
