package io.github.releasepipeline.gitea;

/**
 * A repository on a server.
 *
 * @param owner user or organisation
 * @param name without {@code .git}
 */
record RepositoryName(String owner, String name) {

    /**
     * Reads {@code owner/name}.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static RepositoryName parse(String text) {
        if (!isOne(text)) {
            throw new IllegalArgumentException("A repository is named owner/name, not '" + text + "'");
        }
        String[] parts = text.split("/", -1);
        return new RepositoryName(parts[0], parts[1]);
    }

    static boolean isOne(String text) {
        String[] parts = text.split("/", -1);
        return parts.length == 2 && isName(parts[0]) && isName(parts[1]);
    }

    private static boolean isName(String part) {
        return part.matches("[A-Za-z0-9._-]{1,255}") && !part.matches("\\.+");
    }

    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
