package io.github.releasepipeline.gates;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.json.StrictJson;
import io.github.releasepipeline.release.ItemOperation;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A quality gate: the items of some kinds are what they have to be. Each is one JSON value, read strictly
 * ({@link StrictJson}), and obeys the rules of its kind. Immutable and thread-safe; fetches nothing.
 *
 * <p>Every problem names the item and the place in it. Up to 20 of them are told in the log and kept as evidence; the
 * summary tells the first. Items may hold anything: size, depth, tokens, numbers and the time of patterns are limited,
 * and what goes beyond is a problem of the item.
 */
public final class ItemValidation implements QualityGate {
    /** Items up to this size are read unless something else is said. */
    public static final int DEFAULT_LIMIT = 4 << 20;

    private final String name;
    private final Map<String, List<ItemRule>> rules;
    private final int limit;
    private final boolean changedOnly;

    private ItemValidation(String name, Map<String, List<ItemRule>> rules, int limit, boolean changedOnly) {
        this.name = name;
        this.rules = rules;
        this.limit = limit;
        this.changedOnly = changedOnly;
    }

    /** A gate without kinds yet. Its name begins the summary: {@code Workflow validation passed (2 workflows)}. */
    public static ItemValidation named(String name) {
        return new ItemValidation(name, Map.of(), DEFAULT_LIMIT, false);
    }

    /** The same for one more kind, whose items have to be JSON and nothing else. */
    public ItemValidation kind(String kind) {
        return kind(kind, demands -> {});
    }

    /**
     * The same for one more kind with more demands.
     *
     * @throws IllegalArgumentException if a demand cannot be met by anything, such as a schema that is none
     */
    public ItemValidation kind(String kind, Consumer<ItemDemands> more) {
        ItemDemands demands = new ItemDemands();
        more.accept(demands);
        Map<String, List<ItemRule>> all = new LinkedHashMap<>(rules);
        all.put(kind, demands.rules());
        return new ItemValidation(name, all, limit, changedOnly);
    }

    /** The same for items of at most so many bytes; one at a time is in memory, in up to about fifty times its size. */
    public ItemValidation upTo(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("The limit is at least one byte, not " + bytes);
        }
        return new ItemValidation(name, rules, bytes, changedOnly);
    }

    /** The same, but items that the environment holds already are believed to be valid. For very many items. */
    public ItemValidation changedOnly() {
        return new ItemValidation(name, rules, limit, true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public GateResult evaluate(GateContext context) {
        List<ItemId> items = items(context.artifacts());
        Findings findings = new Findings(context.log());
        for (ItemId item : items) {
            validate(context.artifacts(), item, findings);
        }
        ItemCounts counts = ItemCounts.of(items.stream().map(ItemId::kind).toList());
        Map<String, String> evidence = findings.evidence();
        evidence.put("items", String.valueOf(items.size()));
        return findings.first()
                .map(first -> GateResult.failed(name + " failed: " + first))
                .orElseGet(() -> GateResult.passed(name + " passed (" + counts + ")"))
                .with(evidence);
    }

    private List<ItemId> items(Artifacts artifacts) {
        Set<ItemId> changed = artifacts.operations().stream()
                .filter(operation -> operation.type() != ItemOperation.Type.DELETE)
                .map(ItemOperation::id)
                .collect(Collectors.toSet());
        return artifacts.manifest().items().stream()
                .map(Item::id)
                .filter(id -> rules.containsKey(id.kind()))
                .filter(id -> !changedOnly || changed.contains(id))
                .toList();
    }

    private void validate(Artifacts artifacts, ItemId item, Findings findings) {
        List<String> problems = new ArrayList<>();
        try (InputStream bytes = artifacts.open(item)) {
            StrictJson json = StrictJson.read(bytes, limit);
            if (json instanceof StrictJson.Problem problem) {
                problems.add("is not JSON: " + problem.why());
            } else {
                problems.addAll(judged(item.kind(), ((StrictJson.Value) json).root()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Reading '" + item.path() + "' failed: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            problems.add("is nested too deeply to be judged");
        }
        problems.forEach(problem -> findings.add(item, problem));
    }

    private List<String> judged(String kind, JsonNode root) {
        Optional<String> extreme = ExtremeNumber.in(root);
        return extreme.map(List::of)
                .orElseGet(() -> rules.getOrDefault(kind, List.of()).stream()
                        .flatMap(rule -> rule.problems(root).stream())
                        .toList());
    }
}
