package io.github.releasepipeline.gitea;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server can do, by the version of Gitea whose interface it offers.
 *
 * @param text as the server says it
 * @param major of the Gitea interface
 * @param minor of the Gitea interface
 * @param fork whether another product offers that interface, as Forgejo does
 */
record ServerVersion(String text, int major, int minor, boolean fork) {
    /** {@code 16.0.1+gitea-1.22.0}: Forgejo names its own version first. */
    private static final Pattern FORK = Pattern.compile("\\+gitea-(\\d{1,4})\\.(\\d{1,4})");

    private static final Pattern GITEA = Pattern.compile("^v?(\\d{1,4})\\.(\\d{1,4})");

    /** Reads a version. One that cannot be read (a build of somebody's branch) counts as the oldest supported, 1.22. */
    static ServerVersion parse(String text) {
        Matcher fork = FORK.matcher(text);
        if (fork.find()) {
            return of(text, fork, true);
        }
        Matcher gitea = GITEA.matcher(text);
        return gitea.find() ? of(text, gitea, false) : new ServerVersion(text, 1, 22, false);
    }

    private static ServerVersion of(String text, Matcher found, boolean fork) {
        return new ServerVersion(text, Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)), fork);
    }

    /** Whether the fields of a merge order are written {@code do} and not {@code Do}. */
    boolean writesMergeFieldsInLowerCase() {
        return !fork && isAtLeast(1, 26);
    }

    /** Whether workflow runs can be listed and run again. */
    boolean canRunChecksAgain() {
        return !fork && isAtLeast(1, 26);
    }

    private boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }
}
