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
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.lib.ObjectId;

/**
 * How far a follower is: the last change of merged pull requests that was told, and the open pull requests as they were
 * told. The latter is what makes it possible to tell that one was closed.
 *
 * @param repository whose cursor it is
 * @param branch the default branch
 * @param event the commit whose change was told last
 * @param toldOfEvent how many of its changes were told
 * @param open number to what was told
 */
record FollowCursor(String repository, String branch, Optional<ObjectId> event, int toldOfEvent, Map<Long, Told> open) {
    private static final String VERSION = "git1.";
    private static final int MAX_BYTES = 8 << 20;
    private static final String NONE = "-";

    /** An open pull request as it was told. */
    record Told(String branch, ObjectId head) {}

    FollowCursor {
        open = new LinkedHashMap<>(open);
    }

    static FollowCursor beginning(String repository, String branch) {
        return new FollowCursor(repository, branch, Optional.empty(), 0, Map.of());
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
        lines.append(event.map(ObjectId::name).orElse(NONE))
                .append('\n')
                .append(toldOfEvent)
                .append('\n');
        open.forEach((number, told) -> lines.append(number)
                .append(' ')
                .append(told.head.name())
                .append(' ')
                .append(told.branch)
                .append('\n'));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot be written", e);
        }
        return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static FollowCursor read(String text) {
        Iterator<String> lines = List.of(text.split("\n")).iterator();
        String repository = lines.next();
        String branch = lines.next();
        String event = lines.next();
        int toldOfEvent = Integer.parseInt(lines.next());
        Map<Long, Told> open = new LinkedHashMap<>();
        while (lines.hasNext()) {
            String[] parts = lines.next().split(" ", 3);
            open.put(Long.valueOf(parts[0]), new Told(parts[2], ObjectId.fromString(parts[1])));
        }
        return new FollowCursor(
                repository,
                branch,
                event.equals(NONE) ? Optional.empty() : Optional.of(ObjectId.fromString(event)),
                toldOfEvent,
                open);
    }

    private static String inflate(byte[] bytes) throws IOException {
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            byte[] plain = inflater.readNBytes(MAX_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        }
    }
}
