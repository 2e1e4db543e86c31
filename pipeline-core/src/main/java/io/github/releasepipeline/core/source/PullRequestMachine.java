package io.github.releasepipeline.core.source;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.core.machine.Machine;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.subject.DomainEvent;
import java.util.Optional;

/** What is done to pull requests from here leaves them as the provider reports them. */
public final class PullRequestMachine implements Machine<PullRequestId, PullRequest> {
    /** The one instance. */
    public static final PullRequestMachine MACHINE = new PullRequestMachine();

    private PullRequestMachine() {}

    @Override
    public PullRequest fold(PullRequestId id, Optional<PullRequest> before, DomainEvent event, Stamp stamp) {
        return before.orElseThrow(() -> new IllegalStateException("No pull request " + id.value()));
    }
}
