package io.github.releasepipeline.slack;

import io.github.releasepipeline.actor.Actor;
import java.util.Map;
import java.util.Optional;

/** Tells who somebody in Slack is here. Called for each answer, while Slack waits three seconds: be quick. Thread-safe. */
public interface SlackPeople {
    /**
     * Who this is; empty for somebody who is nobody here, whose answers then do not count.
     *
     * @param workspace id of the Slack workspace, {@code T…}
     * @param user id of the user in it, {@code U…}; names in Slack can be changed by their owners and prove nothing
     */
    Optional<Actor> actor(String workspace, String user);

    /** A fixed list, by user id, of one workspace. */
    static SlackPeople of(String workspace, Map<String, Actor> byUserId) {
        Map<String, Actor> known = Map.copyOf(byUserId);
        return (team, user) -> team.equals(workspace) ? Optional.ofNullable(known.get(user)) : Optional.empty();
    }
}
