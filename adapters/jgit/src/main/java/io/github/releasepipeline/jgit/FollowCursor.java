package io.github.releasepipeline.jgit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.lib.ObjectId;

/**
 * How far a follower is: the last change of merged pull requests that was told of each branch, and the open pull requests as
 * they were told. The latter is what makes it possible to tell that one was closed.
 *
 * @param repository whose cursor it is
 * @param branch the default branch
 * @param merged name of a branch that is merged into, to how far it was told; absent for one of which nothing was
 * @param open number to what was told
 */
record FollowCursor(String repository, String branch, Map<String, Position> merged, Map<Long, Told> open) {
    private static final String VERSION = "git2.";
    private static final int MAX_BYTES = 8 << 20;
    private static final String MERGED = "+"; // no number

    /**
     * How far one branch was told.
     *
     * @param event the commit whose change was told last
     * @param told how many of its changes were told
     */
    record Position(ObjectId event, int told) {}

    /**
     * An open pull request as it was told.
     *
     * @param into the branch that it was proposed for
     */
    record Told(String branch, ObjectId head, String into) {}

    FollowCursor {
        merged = new LinkedHashMap<>(merged);
        open = new LinkedHashMap<>(open);
    }

    static FollowCursor beginning(String repository, String branch) {
        return new FollowCursor(repository, branch, Map.of(), Map.of());
    }

    /** @throws IllegalArgumentException if it is not a cursor of this repository and branch */
    static FollowCursor parse(String text, String repository, String branch) {
        try {
            if (!text.startsWith(VERSION)) {
                throw new IllegalArgumentException("it does not begin with " + VERSION);
            }
            FollowCursor cursor = read(inflate(Base64.getUrlDecoder().decode(text.substring(VERSION.length()))));
            if (!cursor.repository.equals(repository) || !cursor.branch.equals(branch)) {
                throw new IllegalArgumentException("it is of " + cursor.repository + ", branch " + cursor.branch);
            }
            return cursor;
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "This is no cursor of the repository " + repository + ", branch " + branch + ": " + e.getMessage(),
                    e);
        }
    }

    String text() {
        StringBuilder lines = new StringBuilder();
        lines.append(repository).append('\n').append(branch).append('\n');
        merged.forEach((into, at) -> line(lines, MERGED, at.event.name(), into, String.valueOf(at.told)));
        open.forEach((number, told) -> line(lines, number.toString(), told.head.name(), told.into, told.branch));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot be written", e);
        }
        return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** No word has a space: Git allows none in the names of branches. */
    private static void line(StringBuilder lines, String... words) {
        lines.append(String.join(" ", words)).append('\n');
    }

    private static FollowCursor read(String text) {
        Iterator<String> lines = List.of(text.split("\n")).iterator();
        String repository = lines.next();
        String branch = lines.next();
        Map<String, Position> merged = new LinkedHashMap<>();
        Map<Long, Told> open = new LinkedHashMap<>();
        while (lines.hasNext()) {
            String[] words = lines.next().split(" ", 4);
            ObjectId commit = ObjectId.fromString(words[1]);
            if (words[0].equals(MERGED)) {
                merged.put(words[2], new Position(commit, Integer.parseInt(words[3])));
            } else {
                open.put(Long.valueOf(words[0]), new Told(words[3], commit, words[2]));
            }
        }
        return new FollowCursor(repository, branch, merged, open);
    }

    private static String inflate(byte[] bytes) throws IOException {
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            byte[] plain = inflater.readNBytes(MAX_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        }
    }
}
