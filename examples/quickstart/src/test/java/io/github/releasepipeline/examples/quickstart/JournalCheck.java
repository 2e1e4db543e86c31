package io.github.releasepipeline.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.audit.AuditReport;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Compares the journal of acknowledged commands with what is really there. */
final class JournalCheck {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path data;
    private final Path journal;

    JournalCheck(Path data, Path journal) {
        this.data = data;
        this.journal = journal;
    }

    /** Everything acknowledged is there, and the audit chain verifies. Returns how many commands were checked. */
    int everyAcknowledgedCommandIsThere() throws IOException {
        List<JsonNode> commands = commands();
        try (DataFolder folder = DataFolder.claim(Optional.of(data));
                ExamplePipeline example = new ExamplePipeline(folder);
                GitRepository git = GitRepository.at(folder.repository())) {
            ActingPipeline pipeline = example.open().as(Actor.user("checker"));
            Map<String, Tag> tags = git.tags().stream().collect(Collectors.toMap(Tag::name, tag -> tag));
            commands.forEach(command -> check(command, pipeline, tags));
            AuditReport audit = pipeline.audit().verify();
            assertThat(audit.problems()).isEmpty();
            tags.keySet()
                    .forEach(tag -> assertThat(pipeline.versions().tagged(tag))
                            .as("orphan tag " + tag)
                            .isPresent());
        }
        return commands.size();
    }

    /** Nothing is half done any more: after a run that ended. */
    void nothingIsHalfDone() throws IOException {
        try (DataFolder folder = DataFolder.claim(Optional.of(data));
                ExamplePipeline example = new ExamplePipeline(folder);
                GitRepository git = GitRepository.at(folder.repository())) {
            ActingPipeline pipeline = example.open().as(Actor.user("checker"));
            PageRequest all = PageRequest.first(PageRequest.MAX_SIZE);
            List<Version> versions =
                    pipeline.versions().list(PipelineFilter.all(), all).rows();
            assertThat(versions).allSatisfy(version -> {
                assertThat(version.state().kind()).isNotEqualTo(VersionState.Kind.DRAFT);
                assertThat(pipeline.versions().verify(version.id())).isEmpty();
            });
            assertThat(git.tags().stream().map(Tag::name))
                    .containsExactlyInAnyOrderElementsOf(versions.stream()
                            .map(version -> version.number().tag())
                            .toList());
            assertThat(pipeline.releases().list(PipelineFilter.all(), all).rows())
                    .noneMatch(release -> release.state().kind().isUnderWay());
            assertThat(pipeline.environments().list())
                    .allSatisfy(environment -> assertThat(environment.running()).isEmpty())
                    .allSatisfy(
                            environment -> assertThat(environment.degradation()).isEmpty());
        }
    }

    private static void check(JsonNode command, ActingPipeline pipeline, Map<String, Tag> tags) {
        String id = command.path("id").asText();
        String value = id.substring(id.indexOf(':') + 1);
        String state = command.path("state").asText();
        switch (id.substring(0, id.indexOf(':'))) {
            case "pull-request" ->
                assertThat(pipeline.pullRequests()
                                .get(Long.parseLong(value.substring(value.indexOf('#') + 1)))
                                .status())
                        .isEqualTo(PullRequestStatus.MERGED);
            case "change-set" ->
                assertThat(pipeline.changeSets()
                                .get(new ChangeSetId(value))
                                .state()
                                .kind())
                        .isIn(ChangeSetState.Kind.READY, ChangeSetState.Kind.VERSIONED);
            case "version" -> {
                Version version = pipeline.versions().get(new VersionId(value));
                assertThat(version.state().kind().ordinal())
                        .isGreaterThanOrEqualTo(VersionState.Kind.valueOf(state).ordinal());
                assertThat(tags.get(command.path("tag").asText()).commit()).isEqualTo(version.commit());
            }
            case "release" -> check(pipeline.releases().get(new ReleaseId(value)), command, state);
            default -> throw new AssertionError("Unknown: " + command);
        }
    }

    private static void check(Release release, JsonNode command, String state) {
        List<String> acknowledged = StreamSupport.stream(
                        command.path("approvals").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        assertThat(release.approvals().stream().map(vote -> vote.by().id()).toList())
                .containsAll(acknowledged);
        ReleaseState.Kind then = ReleaseState.Kind.valueOf(state);
        ReleaseState.Kind now = release.state().kind();
        if (then.isUnderWay()) {
            assertThat(now.ordinal()).isGreaterThanOrEqualTo(then.ordinal());
        } else if (then == ReleaseState.Kind.SUCCEEDED) {
            assertThat(now).isIn(ReleaseState.Kind.SUCCEEDED, ReleaseState.Kind.ROLLED_BACK);
        } else {
            assertThat(now).isEqualTo(then);
        }
    }

    /** A line that the kill tore was never acknowledged. */
    private List<JsonNode> commands() throws IOException {
        List<JsonNode> commands = new ArrayList<>();
        if (Files.exists(journal)) {
            for (String line : Files.readAllLines(journal)) {
                try {
                    commands.add(JSON.readTree(line));
                } catch (JsonProcessingException torn) {
                    assertThat(line).doesNotEndWith("}");
                }
            }
        }
        return commands;
    }
}
