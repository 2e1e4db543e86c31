package io.github.releasepipeline.item;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole set of items at one commit, in canonical order: by the unsigned UTF-8 bytes of the path. A path stands in it
 * at most once.
 *
 * @param items the items, copied and sorted
 */
public record Manifest(List<Item> items) {
    private static final Comparator<Item> BY_PATH =
            Comparator.comparing(item -> item.id().path(), Manifest::compareAsUtf8);

    /** Sorts the items and refuses a path that stands twice. */
    public Manifest {
        items = items.stream().sorted(BY_PATH).toList();
        for (int i = 1; i < items.size(); i++) {
            if (items.get(i).id().path().equals(items.get(i - 1).id().path())) {
                throw new IllegalArgumentException(
                        "Two items at the path '" + items.get(i).id().path() + "'");
            }
        }
    }

    /** A manifest without items. */
    public static Manifest empty() {
        return new Manifest(List.of());
    }

    /**
     * SHA-256 over one line {@code <kind> SP <hex digest> SP <path> LF} for each item in canonical order, in UTF-8. In a
     * path, a backslash is written {@code \\} and a line feed {@code \n}, as {@code sha256sum} does.
     */
    public Digest digest() {
        MessageDigest sha256 = Digest.sha256();
        for (Item item : items) {
            String path = item.id().path().replace("\\", "\\\\").replace("\n", "\\n");
            String line = item.id().kind() + " " + item.digest().hex() + " " + path + "\n";
            sha256.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return Digest.of(sha256.digest());
    }

    /** How many items of each kind. */
    public ItemCounts counts() {
        return ItemCounts.of(items.stream().map(item -> item.id().kind()).toList());
    }

    /** The items by path. */
    public Map<String, Item> byPath() {
        Map<String, Item> byPath = new LinkedHashMap<>();
        items.forEach(item -> byPath.put(item.id().path(), item));
        return byPath;
    }

    /** Compares as the unsigned UTF-8 bytes do, which is by code points: surrogates go behind all other characters. */
    private static int compareAsUtf8(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                return Character.isSurrogate(left) == Character.isSurrogate(right)
                        ? Character.compare(left, right)
                        : Boolean.compare(Character.isSurrogate(left), Character.isSurrogate(right));
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
