package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a server said to a merge order. */
sealed interface MergeAnswer {
    /** Merged, or being merged. */
    record Done() implements MergeAnswer {}

    /** It will merge when the checks have passed. */
    record Scheduled() implements MergeAnswer {}

    /** Not now: it is still looking for conflicts, or has found some; or the base branch moved just then. */
    record TryLater(String reason) implements MergeAnswer {}

    /** The head is another one. */
    record HeadMoved() implements MergeAnswer {}

    /** Git could not merge. */
    record Conflict(List<String> paths) implements MergeAnswer {
        public Conflict {
            paths = List.copyOf(paths);
        }
    }

    /** A rule is against it. */
    record Refused(String reason) implements MergeAnswer {}

    /** Statuses that are answers. Any other is an error. */
    List<Integer> STATUSES = List.of(200, 201, 404, 405, 409, 423);

    /** What Git prints: {@code CONFLICT (content): Merge conflict in a.json}. */
    Pattern CONFLICTING = Pattern.compile("(?m)^CONFLICT \\([^)]*\\): Merge conflict in (.+)$");

    /** Reads an answer of one of {@link #STATUSES}. */
    static MergeAnswer of(int status, String body) {
        JsonNode json = Fields.tree(body).orElse(Fields.NOTHING);
        String said = Stream.of("message", "Message", "StdErr", "StdOut")
                .flatMap(field -> Fields.line(json, field).stream())
                .findFirst()
                .orElse("no reason given");
        String reason = said.toLowerCase(Locale.ROOT);
        return switch (status) {
            case 200 -> new Done();
            case 201 -> new Scheduled();
            case 405 -> reason.contains("try again later") ? new TryLater(said) : new Refused(said);
            case 409 -> conflict(json, said, reason);
            case 404 -> new Refused("It was closed just now, or the token may not merge here");
            case 423 -> new Refused("The repository is archived");
            default -> throw new IllegalArgumentException("A merge is not answered with status " + status);
        };
    }

    private static MergeAnswer conflict(JsonNode json, String said, String reason) {
        if (reason.contains("head out of date")) {
            return new HeadMoved();
        }
        if (reason.contains("push out of date")) {
            return new TryLater(said);
        }
        if (reason.contains("pushrejected")) {
            return new Refused(said);
        }
        String output = Fields.text(json, "StdOut") + "\n" + Fields.text(json, "StdErr");
        return new Conflict(CONFLICTING
                .matcher(output)
                .results()
                .map(found -> found.group(1).strip())
                .distinct()
                .toList());
    }
}
