package io.github.releasepipeline.gates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.github.releasepipeline.json.StrictJson;
import io.github.releasepipeline.subject.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An item is valid by a JSON Schema. The one class that knows the validator. */
final class SchemaRule implements ItemRule {
    private static final int LONGEST = 200;
    private static final int LARGEST_SCHEMA = 16 << 20;

    private final Schema schema;

    private SchemaRule(Schema schema) {
        this.schema = schema;
    }

    static SchemaRule of(String text, Map<String, String> others) {
        JsonNode json = json(text);
        SchemaRegistry registry = registry(Map.copyOf(others));
        try {
            String draft = json.path("$schema").asText(SpecificationVersion.DRAFT_2020_12.getDialectId());
            List<Error> errors = registry.getSchema(SchemaLocation.of(draft)).validate(json);
            if (!errors.isEmpty()) {
                throw new IllegalArgumentException("This is no JSON Schema: " + told(errors.get(0)));
            }
            Schema schema = registry.getSchema(json);
            schema.initializeValidators();
            schema.validate(NullNode.getInstance()); // finds what refers to itself without end
            return new SchemaRule(schema);
        } catch (SchemaException e) {
            throw new IllegalArgumentException(
                    "This JSON Schema cannot be used: " + Text.shown(String.valueOf(e.getMessage()), LONGEST), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("This JSON Schema refers to itself without end", e);
        }
    }

    private static SchemaRegistry registry(Map<String, String> others) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .regularExpressionFactory(BoundedPattern::compile)
                .locale(Locale.ROOT)
                .build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(config)
                        .schemaLoader(loader -> loader.fetchRemoteResources(false)
                                .allow(address -> others.containsKey(address.toString()) || isDraft(address.toString()))
                                .resourceLoaders(loaders -> loaders.resources(others))));
    }

    /** The drafts come with the validator. */
    private static boolean isDraft(String address) {
        return address.startsWith("https://json-schema.org/draft/")
                || address.startsWith("http://json-schema.org/draft-0");
    }

    private static JsonNode json(String text) {
        try {
            StrictJson json =
                    StrictJson.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), LARGEST_SCHEMA);
            if (json instanceof StrictJson.Problem problem) {
                throw new IllegalArgumentException("This JSON Schema is not JSON: " + problem.why());
            }
            JsonNode root = ((StrictJson.Value) json).root();
            ExtremeNumber.in(root).ifPresent(problem -> {
                throw new IllegalArgumentException("This JSON Schema cannot be used: " + problem);
            });
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> problems(JsonNode root) {
        try {
            return schema.validate(root).stream()
                    .limit(MOST_PROBLEMS)
                    .map(SchemaRule::told)
                    .toList();
        } catch (BoundedPattern.TooLong e) {
            return List.of(e.getMessage());
        } catch (RuntimeException e) { // the schema was tried out: it is the item that the validator cannot bear
            return List.of("the validator failed: " + Text.readableLine(e.toString(), LONGEST));
        }
    }

    private static String told(Error error) {
        String place = String.valueOf(error.getInstanceLocation());
        return (place.isEmpty() ? "the whole" : Text.shown(place, LONGEST)) + ": "
                + Text.readableLine(error.getMessage(), LONGEST);
    }
}
