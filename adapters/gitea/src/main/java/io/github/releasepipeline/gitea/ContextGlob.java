package io.github.releasepipeline.gitea;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The globs by which a branch's rule names the statuses it requires: {@code *} for any characters (also {@code /}),
 * {@code ?} for one, {@code [abc]}, {@code [!abc]}, {@code {one,two}}, and {@code \} before a character that stands for
 * itself.
 */
final class ContextGlob {
    private ContextGlob() {}

    /** A glob that is none matches itself only, as the server does it. */
    static boolean matches(String glob, String context) {
        if (glob.equals(context)) {
            return true;
        }
        try {
            return Pattern.compile(regex(glob), Pattern.DOTALL).matcher(context).matches();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        int alternatives = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int end = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if (c == '\\' && i + 1 < glob.length()) {
                i++;
                regex.append(Pattern.quote(glob.substring(i, i + 1)));
            } else if (end > 0) {
                regex.append(characters(glob.substring(i + 1, end)));
                i = end;
            } else if (c == '{') {
                alternatives++;
                regex.append("(?:");
            } else if (c == '}' && alternatives > 0) {
                alternatives--;
                regex.append(')');
            } else {
                regex.append(single(c, alternatives > 0));
            }
        }
        return regex.toString();
    }

    private static String characters(String inside) {
        boolean negated = inside.startsWith("!") || inside.startsWith("^");
        String set = (negated ? inside.substring(1) : inside)
                .replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("&", "\\&")
                .replace("^", "\\^");
        return (negated ? "[^" : "[") + set + "]";
    }

    private static String single(char c, boolean inAlternatives) {
        return switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            case ',' -> inAlternatives ? "|" : ",";
            default -> Pattern.quote(String.valueOf(c));
        };
    }
}
