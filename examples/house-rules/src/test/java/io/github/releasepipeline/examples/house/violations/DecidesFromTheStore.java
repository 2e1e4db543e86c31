package io.github.releasepipeline.examples.house.violations;

import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.store.PipelineReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;

/** Holds rules that are not pure. */
public final class DecidesFromTheStore {
    /** Decides from what it looks up, and writes about it. */
    public static final class Rules {
        static boolean allowed(PipelineReader reader, ItemRepository repository, CommitId commit, Logger log) {
            log.info("deciding");
            return reader.newestVersion("").isPresent()
                    && repository.manifest(commit, List.of()).items().isEmpty()
                    && Files.exists(Path.of("allowed"));
        }
    }
}
