package io.github.releasepipeline.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether windows let deployments through: no one that denies is on, and one that allows is on or there is none of that
 * sort at all.
 */
public sealed interface WindowState {
    /**
     * Deployments are possible.
     *
     * @param until when that ends; absent if no end is in sight
     */
    record Open(Optional<Instant> until) implements WindowState {}

    /**
     * Deployments are impossible.
     *
     * @param why a clause for people, for example {@code closed by 'year-end freeze'}
     * @param opens when they are possible again; absent if that is not in sight: never, or not within the next thousand
     *     beginnings and ends
     */
    record Closed(String why, Optional<Instant> opens) implements WindowState {}

    /** What windows say of an instant. */
    static WindowState of(List<DeploymentWindow> windows, Instant at) {
        WindowCalendar calendar = new WindowCalendar(windows);
        Optional<Instant> change = calendar.change(at);
        return calendar.isOpen(at) ? new Open(change) : new Closed(calendar.why(at), change);
    }
}
