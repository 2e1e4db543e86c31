package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A release as the server shows it.
 *
 * @param id its number on the server
 * @param tag the tag that it is about
 * @param title its heading
 * @param notes Markdown
 * @param preRelease whether it is marked as not for production
 * @param publishedAt when it was published
 * @param link where it is shown
 */
public record GiteaRelease(
        long id,
        String tag,
        String title,
        String notes,
        boolean preRelease,
        Optional<Instant> publishedAt,
        Optional<URI> link) {

    static GiteaRelease of(JsonNode row) {
        return new GiteaRelease(
                row.path("id").asLong(),
                Fields.text(row, "tag_name"),
                Fields.text(row, "name"),
                Fields.text(row, "body"),
                Fields.flag(row, "prerelease"),
                Fields.time(row, "published_at"),
                Fields.link(row, "html_url"));
    }
}
