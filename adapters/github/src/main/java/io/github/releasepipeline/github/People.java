package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.http.Json;

/** Names of accounts, the same by GraphQL and by REST. */
final class People {
    private static final String GHOST = "ghost";

    private People() {}

    /** The login; of bots with {@code [bot]}, as REST says it; {@code ghost} where the account is gone. */
    static String name(JsonNode account) {
        String login = Json.text(account, "login").orElse(GHOST);
        boolean bot = account.path("__typename").asText().equals("Bot");
        return bot && !login.endsWith("[bot]") ? login + "[bot]" : login;
    }
}
