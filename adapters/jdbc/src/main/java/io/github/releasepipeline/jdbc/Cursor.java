package io.github.releasepipeline.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ends, as text that means nothing to others.
 *
 * @param list which list it belongs to
 * @param order the first sort column of the last row
 * @param place the second sort column of the last row
 */
record Cursor(String list, long order, String place) {
    private static final Pattern FORM = Pattern.compile("([a-z_-]+) (-?\\d{1,19}) (.*)", Pattern.DOTALL);

    String text() {
        byte[] bytes = (list + " " + order + " " + place).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Cursor parse(String list, String text) {
        try {
            Matcher parts = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            if (parts.matches() && parts.group(1).equals(list)) {
                Cursor cursor = new Cursor(list, Long.parseLong(parts.group(2)), parts.group(3));
                if (cursor.text().equals(text)) {
                    return cursor;
                }
            }
        } catch (IllegalArgumentException e) {
            throw foreign(e);
        }
        throw foreign(null);
    }

    private static IllegalArgumentException foreign(@Nullable Exception cause) {
        return new IllegalArgumentException(
                "A page begins at the 'next' of the page before, of the same list; this is another text", cause);
    }
}
