package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Names of users and teams. */
final class Account {
    /** The name of whoever is gone. */
    static final String GHOST = "ghost";

    private Account() {}

    /** The login of a user; {@value #GHOST} if the account is gone. Bots have logins as people do. */
    static String name(JsonNode user) {
        return known(user).orElse(GHOST);
    }

    /** The login of a user; empty if there is none, or if the account is gone. */
    static Optional<String> known(JsonNode user) {
        // The server's stand-in for deleted accounts is "Ghost" with the id -1.
        return user.path("id").asLong(0) == -1 ? Optional.empty() : Fields.line(user, "login");
    }
}
