package host;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jgit.GitPullRequests;
import io.github.releasepipeline.jgit.GitRepository;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.version.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Brings the pull request of a small Git repository to production, and says so. */
public final class Host {
    private Host() {}

    public static void main(String[] arguments) {
        List<ItemKind> kinds = List.of(ItemKind.of("workflow", "workflows/**/*.json"));
        try (GitRepository repository = GitRepository.at(Path.of(arguments[0]));
                Pipeline pipeline = Pipeline.builder()
                        .repository(repository)
                        .sourceControl(GitPullRequests.of(repository, kinds))
                        .store(new MemoryPipelineStore())
                        .items(kinds.toArray(ItemKind[]::new))
                        .environment("production", new ScriptedTarget())
                        .build()) {
            var alice = pipeline.as(Actor.user("alice"));
            alice.pullRequests().synchronize();
            ChangeSet invoices = alice.changeSets().create("Invoices", set -> set.pullRequests(1));
            Version version = alice.versions().publish(invoices.id());
            Release release = alice.releases().request(version.id(), "production");
            Release live = alice.releases().deploy(release.id()).await(Duration.ofMinutes(1));
            System.out.println(version.number().tag() + " " + live.state().kind() + " in module "
                    + Pipeline.class.getModule().getName());
        }
    }
}
