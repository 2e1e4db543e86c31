package io.github.releasepipeline.examples.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ItemOperation;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepLog;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.version.VersionNumber;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract cannot know of: files that a crash or a person left in the folder. */
class FolderTargetCrashTest {
    @TempDir
    Path temporary;

    private Path folder;
    private FolderTarget target;

    @BeforeEach
    void open() {
        folder = temporary.resolve("production");
        target = new FolderTarget(folder);
    }

    @Test
    void files_of_a_call_that_broke_off_do_not_get_into_the_next_version() throws IOException {
        // given: a crash after items were written and before the state was replaced
        Path left = Files.createDirectories(folder.resolve("versions/v1/workflow"));
        Files.writeString(left.resolve("left.json"), "left over");
        Files.writeString(folder.resolve("state.next"), "half a sta");

        // when
        bringIn(new OneItem("workflows/a.json", "a"));

        // then
        assertThat(target.observe().active()).isEqualTo(new OneItem("workflows/a.json", "a").manifest());
    }

    @Test
    void a_call_that_broke_off_is_told_as_not_done() {
        bringIn(new OneItem("workflows/a.json", "a"));

        assertThat(new FolderTarget(folder).probe("never-ended", 1)).isEqualTo(new Probe.NotDone());
        assertThat(new FolderTarget(folder).probe("activate", 1)).isInstanceOf(Probe.Ended.class);
    }

    @Test
    void no_path_leads_out_of_the_folder() throws IOException {
        OneItem outside = new OneItem("../../../../outside.json", "out");

        bringIn(outside);

        assertThat(target.observe().active()).isEqualTo(outside.manifest());
        try (Stream<Path> files = Files.walk(temporary)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(3).allMatch(file -> file.startsWith(folder));
        }
    }

    @Test
    void nothing_is_in_use_before_the_first_activation_and_after_a_deactivation() {
        OneItem item = new OneItem("workflows/a.json", "a");
        assertThat(target.inUse()).isEmpty();

        bringIn(item);
        assertThat(target.inUse()).isPresent();

        target.deactivate(call(Step.DEACTIVATE, "deactivate", item));
        assertThat(target.inUse()).isEmpty();
    }

    private void bringIn(OneItem item) {
        assertThat(target.stage(call(Step.DEPLOY_ARTIFACTS, "stage", item), item))
                .isInstanceOf(StepOutcome.Done.class);
        assertThat(target.activate(call(Step.ACTIVATE, "activate", item))).isInstanceOf(StepOutcome.Done.class);
    }

    private static StepCall call(Step step, String key, OneItem item) {
        return new StepCall(
                new ReleaseId("r-1"),
                new EnvironmentName("production"),
                step,
                key,
                1,
                new VersionNumber("", 1, 0, 0, "", ""),
                item.manifest().digest(),
                new Silence());
    }

    /** A version of one item. */
    private record OneItem(String path, String text) implements Artifacts {
        @Override
        public Manifest manifest() {
            return new Manifest(List.of(new Item(new ItemId("workflow", path), Digest.of(text))));
        }

        @Override
        public List<ItemOperation> operations() {
            Item item = manifest().items().get(0);
            return List.of(new ItemOperation(ItemOperation.Type.CREATE, item.id(), Optional.of(item.digest())));
        }

        @Override
        public InputStream open(ItemId item) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Tells nobody. */
    private static final class Silence implements StepLog {
        @Override
        public void info(String line) {}

        @Override
        public void success(String line) {}

        @Override
        public void warning(String line) {}

        @Override
        public void error(String line) {}
    }
}
