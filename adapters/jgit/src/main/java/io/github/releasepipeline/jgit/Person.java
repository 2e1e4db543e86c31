package io.github.releasepipeline.jgit;

import io.github.releasepipeline.actor.Actor;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;

/** People as Git names them. */
final class Person {
    /** For people whose name and address are both empty. */
    static final String GHOST = "ghost";

    private Person() {}

    /** An actor as Git writes it; the address is empty unless the actor's id is one. */
    static PersonIdent of(Actor actor, Instant at) {
        return new PersonIdent(actor.id(), actor.id().contains("@") ? actor.id() : "", at, ZoneOffset.UTC);
    }

    /** The name; the address only where there is no name. */
    static String name(@Nullable PersonIdent ident) {
        if (ident == null) {
            return GHOST;
        }
        String name = ident.getName().strip();
        String address = ident.getEmailAddress().strip();
        return !name.isEmpty() ? name : !address.isEmpty() ? address : GHOST;
    }

    /** The same for a person in a trailer: {@code Name <address>}. */
    static String name(String trailer) {
        int address = trailer.indexOf('<');
        String name = (address < 0 ? trailer : trailer.substring(0, address)).strip();
        return !name.isEmpty() ? name : trailer.replaceAll("[<>]", "").strip();
    }
}
