package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.notify.ApprovalDesk;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a change from pull request to production. Thread-safe. One instance for a repository and its environments;
 * several instances, also in several processes, may share one store.
 *
 * <p>Commands throw {@code RefusedException} when a rule says no: nothing has changed then. {@code AdapterException} means
 * that a foreign system could not be used, {@code ConcurrentUpdateException} that somebody else was faster again and again: try
 * later. Reasons and comments have up to 2,000 characters, none of them a control character but tabs and line breaks, and a
 * reason is not blank; it is an {@code IllegalArgumentException} otherwise.
 */
public final class Pipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final Wiring wiring;

    Pipeline(Wiring wiring) {
        this.wiring = wiring;
        wiring.workers().afterEach(new Automations(wiring)::ended);
        wiring.workers().afterFailedVerification(new AutomaticRollbacks(wiring)::failed);
        wiring.relay().start();
        wiring.work().begin(new Node(wiring));
    }

    /** Begins to wire a pipeline. */
    public static PipelineBuilder builder() {
        return new PipelineBuilder();
    }

    /** The pipeline, with somebody acting. Everything done through the answer is recorded under this name. */
    public ActingPipeline as(Actor actor) {
        return new ActingPipeline(wiring, actor);
    }

    /** For notifiers that ask people: takes their answers, each in the name of the person. */
    public ApprovalDesk approvalDesk() {
        return new Votes(this);
    }

    /**
     * Puts right what a crash or a lost connection left behind, and does what time demands: has running releases taken over
     * that nobody runs, starts waiting ones, completes versions whose tag was being made, lets old requests expire, goes on
     * with what automatic rules have begun. Idempotent. It is done in the background anyway, unless the host said
     * {@link PipelineBuilder#maintainedByHost()}; then call it once at start and then every minute or so.
     *
     * <p>Threads of this process ({@link PipelineBuilder#workerThreads}, the default) take a running release for nobody's
     * if it does not run here: with several processes on one store, share the work
     * ({@link PipelineBuilder#work}), or call this in one of them. A worker that was taken over stops by itself, and its
     * late calls are refused by the target.
     *
     * @return what could not be put right, one line each; empty if all is well
     */
    public List<String> maintain() {
        return new Maintenance(wiring).run();
    }

    /**
     * Closes the store, after running steps have finished, at most half a minute (shared work may take another time), errands in
     * the background, at most five seconds, and letters that are being brought, about ten. Releases that have not ended go on
     * in another process that shares the work, or after the next start. Idempotent.
     */
    @Override
    public void close() {
        wiring.workers().stop();
        wiring.work().close();
        wiring.errands().close();
        wiring.relay().close();
        wiring.store().close();
        LOG.debug("Closed");
    }
}
