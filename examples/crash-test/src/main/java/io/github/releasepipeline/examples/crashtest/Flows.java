package io.github.releasepipeline.examples.crashtest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Ref;

/** A Git repository with some merged pull requests, numbered from 1. */
final class Flows {
    private Flows() {}

    static void write(Path folder, int pullRequests) throws IOException, GitAPIException {
        Files.createDirectories(folder);
        try (Git git = Git.init()
                .setDirectory(folder.toFile())
                .setInitialBranch("main")
                .call()) {
            git.getRepository().getConfig().setString("user", null, "name", "alice");
            git.getRepository().getConfig().setString("user", null, "email", "alice@example.org");
            git.getRepository().getConfig().setBoolean("commit", null, "gpgsign", false);
            commit(git, "flows/order.json", "{\"step\": 0}", "Begin");
            for (int number = 1; number <= pullRequests; number++) {
                merge(git, number);
            }
        }
    }

    private static void merge(Git git, int number) throws IOException, GitAPIException {
        String branch = "pr/" + number + "-change";
        git.checkout().setCreateBranch(true).setName(branch).call();
        commit(git, "flows/order.json", "{\"step\": " + number + "}", "Change the order flow\n\nReviewed-by: carol");
        commit(git, "flows/flow-" + number + ".json", "{\"new\": " + number + "}", "Add a flow\n\nReviewed-by: carol");
        Ref head = git.getRepository().findRef(branch);
        git.checkout().setName("main").call();
        git.merge()
                .include(head)
                .setFastForward(MergeCommand.FastForwardMode.NO_FF)
                .setMessage("Merge pull request #" + number + " from " + branch)
                .call();
    }

    private static void commit(Git git, String path, String content, String message)
            throws IOException, GitAPIException {
        Path file = git.getRepository().getWorkTree().toPath().resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
        git.add().addFilepattern(path).call();
        git.commit().setMessage(message).setSign(false).call();
    }
}
