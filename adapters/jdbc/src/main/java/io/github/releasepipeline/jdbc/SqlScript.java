package io.github.releasepipeline.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a file of SQL into its statements. A semicolon ends a statement unless it stands in a quoted text, a comment, a
 * function body between {@code $$}, or the body of an SQLite trigger.
 */
final class SqlScript {
    private final String text;
    private final List<String> statements = new ArrayList<>();
    private int start;
    private int at;
    private int blocks;

    private SqlScript(String text) {
        this.text = text;
    }

    static List<String> statements(String text) {
        SqlScript script = new SqlScript(text);
        script.cut();
        return script.statements;
    }

    private void cut() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("--", at)) {
                skipTo("\n");
            } else if (text.startsWith("/*", at)) {
                skipTo("*/");
            } else if (c == '\'' || c == '"') {
                at++;
                skipTo(String.valueOf(c));
            } else if (text.startsWith("$$", at)) {
                at += 2;
                skipTo("$$");
            } else if (Character.isLetter(c)) {
                word();
            } else {
                at++;
                if (c == ';' && blocks == 0) {
                    end();
                }
            }
        }
        end();
    }

    private void skipTo(String end) {
        int found = text.indexOf(end, at);
        at = found < 0 ? text.length() : found + end.length();
    }

    /** Only a trigger has a body of statements; {@code case} ends with the same word as it does. */
    private void word() {
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        switch (text.substring(from, at).toLowerCase(Locale.ROOT)) {
            case "begin", "case" -> blocks++;
            case "end" -> blocks--;
            default -> {}
        }
    }

    private void end() {
        String statement = text.substring(start, at).strip();
        if (statement.endsWith(";")) {
            statement = statement.substring(0, statement.length() - 1).strip();
        }
        if (statement.lines().anyMatch(line -> !line.isBlank() && !line.strip().startsWith("--"))) {
            statements.add(statement);
        }
        start = at;
        blocks = 0;
    }
}
