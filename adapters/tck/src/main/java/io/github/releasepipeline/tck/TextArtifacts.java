package io.github.releasepipeline.tck;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.ItemOperation;
import io.github.releasepipeline.target.Artifacts;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Workflows whose bytes are texts, as a version that is brought to a target. Immutable. */
public final class TextArtifacts implements Artifacts {
    private final Map<String, String> texts;
    private final Manifest manifest;
    private final Manifest observed;

    private TextArtifacts(Map<String, String> texts, Manifest observed) {
        this.texts = new LinkedHashMap<>(texts);
        this.manifest = new Manifest(texts.entrySet().stream()
                .map(entry -> Sample.item(entry.getKey(), entry.getValue()))
                .toList());
        this.observed = observed;
    }

    /** Workflows by path, for a target that holds nothing. */
    public static TextArtifacts of(Map<String, String> texts) {
        return new TextArtifacts(texts, Manifest.empty());
    }

    /** The same workflows for a target that was observed to hold these items. */
    public TextArtifacts against(Manifest active) {
        return new TextArtifacts(texts, active);
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public List<ItemOperation> operations() {
        List<ItemOperation> operations = new ArrayList<>();
        Map<String, Item> held = observed.byPath();
        for (Item item : manifest.items()) {
            Optional<Item> before = Optional.ofNullable(held.remove(item.id().path()));
            if (before.isEmpty()) {
                operations.add(operation(ItemOperation.Type.CREATE, item));
            } else if (!before.get().digest().equals(item.digest())) {
                operations.add(operation(ItemOperation.Type.UPDATE, item));
            }
        }
        held.values()
                .forEach(gone ->
                        operations.add(new ItemOperation(ItemOperation.Type.DELETE, gone.id(), Optional.empty())));
        return operations;
    }

    private static ItemOperation operation(ItemOperation.Type type, Item item) {
        Optional<Digest> digest = Optional.of(item.digest());
        return new ItemOperation(type, item.id(), digest);
    }

    @Override
    public InputStream open(ItemId item) {
        String text = texts.get(item.path());
        if (text == null) {
            throw new NotFoundException("item", item.toString());
        }
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
