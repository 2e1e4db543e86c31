package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.target.StepLog;
import io.github.releasepipeline.target.StepOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Checks one set of items: complete, undamaged, and good enough for the host's own tests. */
final class ItemCheck {
    private final Database database;
    private final Map<String, SmokeTest> smokeTests;
    private final StepLog log;

    ItemCheck(Database database, Map<String, SmokeTest> smokeTests, StepLog log) {
        this.database = database;
        this.smokeTests = smokeTests;
        this.log = log;
    }

    /** @param expected digest of the manifest that the set shall have */
    StepOutcome run(ItemSets.ItemSet set, Digest expected) {
        Manifest manifest = new Manifest(database.read(sql -> ItemSets.items(sql, set.id())));
        if (!manifest.digest().equals(expected)) {
            return failed(FailureKind.ERRORED, "The items are not those of the version: " + manifest.counts());
        }
        log.success("Items complete (" + manifest.counts() + ")");
        Optional<Item> damaged = firstDamaged(manifest);
        if (damaged.isPresent()) {
            return failed(
                    FailureKind.ERRORED, "The stored bytes of " + damaged.get().id() + " are damaged or missing");
        }
        log.success("Checksums verified (" + manifest.items().size() + " items)");
        return smokeTests.isEmpty()
                ? new StepOutcome.Done(manifest.counts() + " sound")
                : smoke(new EnvironmentItems(database, set.id(), set.version()));
    }

    private Optional<Item> firstDamaged(Manifest manifest) {
        List<String> digests = manifest.items().stream()
                .map(item -> item.digest().hex())
                .distinct()
                .toList();
        Set<String> sound = Blobs.sound(database, digests);
        return manifest.items().stream()
                .filter(item -> !sound.contains(item.digest().hex()))
                .findFirst();
    }

    private StepOutcome smoke(EnvironmentItems items) {
        int passed = 0;
        String firstProblem = "";
        for (Map.Entry<String, SmokeTest> test : smokeTests.entrySet()) {
            Optional<String> problem = problem(() -> test.getValue().problem(items));
            if (problem.isPresent()) {
                String line = "Smoke test '" + test.getKey() + "' failed: " + problem.get();
                log.error(line);
                firstProblem = firstProblem.isEmpty() ? line : firstProblem;
            } else {
                passed++;
            }
        }
        String result = "(" + passed + "/" + smokeTests.size() + ")";
        if (passed < smokeTests.size()) {
            return new StepOutcome.Failed(FailureKind.FAILED, firstProblem + " " + result, List.of());
        }
        log.success("Smoke tests passed " + result);
        return new StepOutcome.Done("Smoke tests passed " + result);
    }

    /** What a host's own test finds; that it broke off is a problem too. */
    static Optional<String> problem(Supplier<Optional<String>> test) {
        try {
            return test.get();
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            String name = e.getClass().getSimpleName();
            return Optional.of(e.getMessage() == null ? name : name + ": " + e.getMessage());
        }
    }

    private StepOutcome failed(FailureKind kind, String message) {
        log.error(message);
        return new StepOutcome.Failed(kind, message, List.of());
    }
}
