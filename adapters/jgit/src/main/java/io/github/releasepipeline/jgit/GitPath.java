package io.github.releasepipeline.jgit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Paths as Git has them: bytes, which need not be text. */
final class GitPath {
    private GitPath() {}

    /** The path as text, or empty if it is not UTF-8. */
    static Optional<String> strict(byte[] raw) {
        if (isAscii(raw)) {
            return Optional.of(new String(raw, StandardCharsets.ISO_8859_1));
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    /** The path as text, with a replacement character for what is not UTF-8. */
    static String lossy(byte[] raw) {
        return new String(raw, StandardCharsets.UTF_8);
    }

    /** The path for messages: printable ASCII as it is, other bytes as {@code \xNN}. */
    static String escaped(byte[] raw) {
        StringBuilder text = new StringBuilder(raw.length + 16);
        for (byte b : raw) {
            if (b >= 0x20 && b < 0x7f && b != '"' && b != '\\') {
                text.append((char) b);
            } else {
                text.append(String.format("\\x%02x", b));
            }
        }
        return text.toString();
    }

    private static boolean isAscii(byte[] raw) {
        for (byte b : raw) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }
}
