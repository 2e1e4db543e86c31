package io.github.releasepipeline;

import io.github.releasepipeline.core.release.ApprovalRules;
import io.github.releasepipeline.core.version.Numbers;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.policy.EnvironmentPolicy.Involved;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.version.Version;
import java.util.HashSet;
import java.util.Set;

/** Finds out who is involved in a release. */
final class Involvements {
    private Involvements() {}

    static ApprovalRules.Involvement of(Memory memory, Release release, String repository) {
        Version version = memory.get(release.version());
        boolean asked = release.policy().refusedApprovers().contains(Involved.PULL_REQUEST_AUTHOR);
        Set<String> authors = new HashSet<>();
        if (asked) {
            Environment environment = memory.environment(release.environment());
            ApprovalRules.arriving(version, environment, memory::get, Numbers.ORDER).stream()
                    .flatMap(arriving -> arriving.pullRequests().stream())
                    .flatMap(number -> memory.find(new PullRequestId(repository, number)).stream())
                    .map(PullRequest::author)
                    .forEach(authors::add);
        }
        return new ApprovalRules.Involvement(version.createdBy(), authors);
    }
}
