package io.github.releasepipeline.github;

import io.github.releasepipeline.github.FakeGitHub.FakeCheck;
import io.github.releasepipeline.http.stub.StubServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A fake GitHub with open pull requests of acme/flows, for measurements. */
public final class FilledForge {
    private FilledForge() {}

    /**
     * Starts it.
     *
     * @param pullRequests how many are open, each with two files, two labels, an approval, two check runs and a status
     * @param latency of each answer
     */
    public static StubServer start(int pullRequests, Duration latency) {
        FakeGitHub fake = new FakeGitHub();
        for (int i = 1; i <= pullRequests; i++) {
            FakePull pull = fake.open(
                    "Change number " + i,
                    "author-" + i % 7,
                    Map.of("workflows/flow-" + i + ".json", "{}", "agents/agent-" + i + ".json", "{}"));
            pull.labels.addAll(List.of("feature", "ai"));
            fake.review(pull, "bob", "APPROVED", "MEMBER");
            fake.checks.put(
                    pull.head(),
                    List.of(
                            new FakeCheck(3L * i, "github-actions", "build", "completed", "success"),
                            new FakeCheck(3L * i + 1, "github-actions", "test", "completed", "failure"),
                            new FakeCheck(3L * i + 2, "", "ci/legacy", "", "success")));
        }
        return StubServer.start(fake).latency(latency);
    }
}
