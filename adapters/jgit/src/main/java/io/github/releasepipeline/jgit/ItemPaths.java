package io.github.releasepipeline.jgit;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.ItemKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Which paths are items. Globs are matched by JGit's {@code .gitignore} rules, anchored at the root; the first kind that
 * matches owns the path.
 */
final class ItemPaths {
    private final List<Glob> globs;
    private final boolean onlyToShow;

    ItemPaths(List<ItemKind> kinds) {
        this(kinds, false);
    }

    private ItemPaths(List<ItemKind> kinds, boolean onlyToShow) {
        this.globs = kinds.stream().map(Glob::of).toList();
        this.onlyToShow = onlyToShow;
    }

    /** For pull requests, which anybody may open: an item with an impossible name is shown, and nothing is refused. */
    static ItemPaths toShow(List<ItemKind> kinds) {
        return new ItemPaths(kinds, true);
    }

    Optional<String> kindOf(String path) {
        for (Glob glob : globs) {
            if (glob.matches(path)) {
                return Optional.of(glob.kind);
            }
        }
        return Optional.empty();
    }

    /** Whether a folder, named with a slash at its end, may hold items. */
    boolean mayHoldItems(String folder) {
        for (Glob glob : globs) {
            if (folder.startsWith(glob.folder) || glob.folder.startsWith(folder)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the walk shall go into the folder where it stands. */
    boolean enters(TreeWalk walk) {
        return mayHoldItems(GitPath.lossy(walk.getRawPath()) + "/");
    }

    /**
     * The file where the walk stands, if it is an item.
     *
     * @throws AdapterException if it is one but its name is not text, or leads out of the root; unless it is only to be
     *     shown
     */
    Optional<ItemId> itemAt(TreeWalk walk, AnyObjectId commit) {
        byte[] raw = walk.getRawPath();
        Optional<String> path = GitPath.strict(raw);
        Optional<String> kind = kindOf(path.orElseGet(() -> GitPath.lossy(raw)));
        if (onlyToShow) {
            return kind.map(name -> new ItemId(name, path.orElseGet(() -> GitPath.lossy(raw))));
        }
        if (kind.isPresent() && path.isEmpty()) {
            throw AdapterException.lasting(
                    "Commit " + commit.name() + " has an item whose path is not UTF-8: \"" + GitPath.escaped(raw)
                            + "\"; rename the file",
                    null);
        }
        if (kind.isPresent() && leavesItsRoot(path.get())) {
            throw AdapterException.lasting(
                    "Commit " + commit.name() + " has an item at the path \"" + GitPath.escaped(raw)
                            + "\", which no work tree can hold; the tree was made by hand",
                    null);
        }
        return kind.map(name -> new ItemId(name, path.orElseThrow()));
    }

    /** Whether a target that writes files could be led out of its folder by a path. */
    private static boolean leavesItsRoot(String path) {
        return Arrays.stream(path.split("/", -1))
                .anyMatch(segment -> segment.isEmpty() || segment.equals(".") || segment.equals(".."));
    }

    /**
     * A glob.
     *
     * @param folder the folders that it names literally, with a slash at the end; all matches are below
     * @param ending what every match ends with, to say no quickly
     */
    private record Glob(String kind, String folder, String ending, FastIgnoreRule rule) {
        static Glob of(ItemKind kind) {
            String glob = kind.glob();
            FastIgnoreRule rule = new FastIgnoreRule("/" + glob);
            if (rule.isEmpty() || rule.dirOnly()) {
                throw new IllegalArgumentException(
                        "The glob of item kind '" + kind.name() + "' can match no file: '" + glob + "'");
            }
            return new Glob(kind.name(), literalFolder(glob), literalEnding(glob), rule);
        }

        boolean matches(String path) {
            return path.startsWith(folder) && path.endsWith(ending) && rule.isMatch(path, false, true);
        }

        private static String literalFolder(String glob) {
            int wildcard = 0;
            while (wildcard < glob.length() && !isWildcard(glob.charAt(wildcard))) {
                wildcard++;
            }
            return glob.substring(0, glob.lastIndexOf('/', wildcard - 1) + 1);
        }

        private static String literalEnding(String glob) {
            int wildcard = glob.length();
            while (wildcard > 0 && !isWildcard(glob.charAt(wildcard - 1)) && glob.charAt(wildcard - 1) != '/') {
                wildcard--;
            }
            return glob.substring(wildcard);
        }

        private static boolean isWildcard(char c) {
            return c == '*' || c == '?' || c == '[' || c == ']' || c == '\\';
        }
    }
}
