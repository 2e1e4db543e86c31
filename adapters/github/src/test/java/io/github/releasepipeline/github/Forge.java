package io.github.releasepipeline.github;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.validation.ValidationError;
import graphql.validation.Validator;
import io.github.releasepipeline.http.stub.Exchange;
import io.github.releasepipeline.http.stub.OpenApiDocument;
import io.github.releasepipeline.http.stub.StubServer;
import io.github.releasepipeline.tck.SourceControlFixture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fake behind a server. When it is closed, every exchange is checked against GitHub's own descriptions. */
final class Forge implements AutoCloseable {
    static final String TOKEN = "github_pat_s3cr3t";
    private static final Map<String, List<String>> VALIDATED = new HashMap<>();
    private static @Nullable GraphQLSchema schema;

    final FakeGitHub fake = new FakeGitHub();
    final StubServer server = StubServer.start(fake);
    final GitHub gitHub =
            GitHub.repository("acme/flows", TOKEN).server(server.base()).items(SourceControlFixture.KINDS);

    @Override
    public void close() {
        server.close();
        assertThat(problems(server.exchanges())).isEmpty();
    }

    static List<String> problems(List<Exchange> exchanges) {
        List<String> problems = new ArrayList<>();
        List<Exchange> rest = exchanges.stream()
                .filter(exchange -> !exchange.asked().path().endsWith("/graphql"))
                .toList();
        OpenApiDocument.of("github/github-adapter-subset.openapi3.json.gz", "", true)
                .ifPresent(document -> problems.addAll(document.problems(rest)));
        exchanges.stream()
                .filter(exchange -> exchange.asked().path().endsWith("/graphql"))
                .map(exchange -> exchange.asked().json().path("query").asText())
                .distinct()
                .forEach(query -> problems.addAll(problems(query)));
        return problems;
    }

    static synchronized List<String> problems(String query) {
        return schema().map(known -> VALIDATED.computeIfAbsent(
                        query,
                        text -> new Validator()
                                .validateDocument(known, Parser.parse(text), Locale.ROOT).stream()
                                        .map(ValidationError::getMessage)
                                        .toList()))
                .orElse(List.of());
    }

    private static Optional<GraphQLSchema> schema() {
        if (schema == null) {
            schema = OpenApiDocument.text("github/schema.graphql.gz")
                    .map(text -> UnExecutableSchemaGenerator.makeUnExecutableSchema(withoutTwins(text)))
                    .orElse(null);
        }
        return Optional.ofNullable(schema);
    }

    /** GitHub's schema declares a few fields twice, which the library refuses. */
    private static TypeDefinitionRegistry withoutTwins(String text) {
        TypeDefinitionRegistry types = new SchemaParser().parse(text);
        for (ObjectTypeDefinition type : types.getTypes(ObjectTypeDefinition.class)) {
            Map<String, FieldDefinition> fields = new LinkedHashMap<>();
            type.getFieldDefinitions().forEach(field -> fields.putIfAbsent(field.getName(), field));
            if (fields.size() < type.getFieldDefinitions().size()) {
                types.remove(type);
                types.add(type.transform(builder -> builder.fieldDefinitions(List.copyOf(fields.values()))));
            }
        }
        return types;
    }
}
