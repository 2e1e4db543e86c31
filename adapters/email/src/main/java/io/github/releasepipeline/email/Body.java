package io.github.releasepipeline.email;

import io.github.releasepipeline.notify.Bulletin;
import io.github.releasepipeline.subject.Text;
import java.net.URI;
import java.util.Optional;

/** What a mail says, in both forms. */
final class Body {
    private static final int HAPPENED = 2_000;
    private static final int FACT = 1_000;
    private static final int NOTES = 20_000;

    private Body() {}

    static String text(Bulletin bulletin, Optional<URI> link) {
        StringBuilder text = new StringBuilder();
        text.append(Text.readableLine(bulletin.headline(), FACT)).append("\n");
        text.append(Text.readable(bulletin.happened(), HAPPENED)).append("\n\n");
        bulletin.facts()
                .forEach(fact -> text.append(fact.name())
                        .append(": ")
                        .append(Text.readable(fact.value(), FACT).replace("\n", "\n    "))
                        .append("\n"));
        link.ifPresent(page -> text.append("\n").append(page.toASCIIString()).append("\n"));
        bulletin.notes()
                .filter(notes -> !notes.isBlank())
                .ifPresent(notes -> text.append("\n")
                        .append(Text.readable(notes, NOTES).strip())
                        .append("\n"));
        return text.toString();
    }

    static String html(Bulletin bulletin, Optional<URI> link) {
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n");
        html.append("<h2>")
                .append(escaped(Text.readableLine(bulletin.headline(), FACT)))
                .append("</h2>\n");
        html.append("<p>")
                .append(lines(Text.readable(bulletin.happened(), HAPPENED)))
                .append("</p>\n");
        html.append("<table>\n");
        bulletin.facts()
                .forEach(fact -> html.append("<tr><th align=\"left\" valign=\"top\">")
                        .append(escaped(fact.name()))
                        .append("</th><td>")
                        .append(lines(Text.readable(fact.value(), FACT)))
                        .append("</td></tr>\n"));
        html.append("</table>\n");
        link.ifPresent(page -> html.append("<p><a href=\"")
                .append(escaped(page.toASCIIString()))
                .append("\">Show</a></p>\n"));
        bulletin.notes()
                .filter(notes -> !notes.isBlank())
                .ifPresent(notes -> html.append("<hr>\n").append(Notes.html(Text.readable(notes, NOTES))));
        return html.append("</body></html>\n").toString();
    }

    private static String lines(String text) {
        return escaped(text).replace("\n", "<br>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
