package io.github.releasepipeline.actor;

import io.github.releasepipeline.subject.Text;
import java.util.Optional;

/**
 * Who did something. Nobody acts anonymously.
 *
 * @param id login or technical name, unique within its kind
 * @param kind what sort of actor this is; only a {@link Kind#USER} can satisfy a human quorum
 * @param onBehalfOf the person for whom a service or rule acted
 */
public record Actor(String id, Kind kind, Optional<String> onBehalfOf) {
    /** The sorts of actors. */
    public enum Kind {
        /** A person. */
        USER,
        /** A program with its own identity. */
        SERVICE,
        /** A rule of the configuration, for example an automatic change set rule. */
        RULE,
        /** The library itself. */
        SYSTEM
    }

    /** Checks the id. */
    public Actor {
        id = Text.line("The id of an actor", id, 200);
    }

    /** A person. */
    public static Actor user(String id) {
        return new Actor(id, Kind.USER, Optional.empty());
    }

    /** A program with its own identity. */
    public static Actor service(String id) {
        return new Actor(id, Kind.SERVICE, Optional.empty());
    }

    /** A rule of the configuration. */
    public static Actor rule(String id) {
        return new Actor(id, Kind.RULE, Optional.empty());
    }

    /** The library itself. */
    public static Actor system() {
        return new Actor("release-pipeline", Kind.SYSTEM, Optional.empty());
    }

    /** The same actor, acting for a person. */
    public Actor onBehalfOf(String person) {
        return new Actor(id, kind, Optional.of(person));
    }

    /** Whether this is somebody, or acts for them: nobody gets around a rule by sending a program. */
    public boolean isOrActsFor(String person) {
        return id.equals(person) || onBehalfOf.filter(person::equals).isPresent();
    }

    /** Whether this is a person. */
    public boolean isHuman() {
        return kind == Kind.USER;
    }
}
