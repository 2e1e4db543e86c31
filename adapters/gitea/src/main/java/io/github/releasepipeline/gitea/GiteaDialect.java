package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.http.Dialect;
import io.github.releasepipeline.http.Reply;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How Gitea and Forgejo speak of failures. They have no quotas; a proxy before them may. */
final class GiteaDialect implements Dialect {
    private static final Pattern SCOPES = Pattern.compile("required scope\\(s\\): ?\\[([^\\]]*)\\]");

    @Override
    public String name() {
        return "Gitea";
    }

    @Override
    public Optional<String> explanation(Reply reply) {
        JsonNode said = Fields.tree(reply.text()).orElse(null);
        return said == null
                ? Optional.empty()
                : Stream.of("message", "error")
                        .flatMap(field -> Fields.line(said, field).stream())
                        .findFirst();
    }

    @Override
    public Optional<String> missingPermission(Reply reply) {
        if (reply.status() != 403) {
            return Optional.empty();
        }
        Matcher scopes = SCOPES.matcher(reply.text());
        return scopes.find() ? Optional.of(scopes.group(1)) : Optional.empty();
    }
}
