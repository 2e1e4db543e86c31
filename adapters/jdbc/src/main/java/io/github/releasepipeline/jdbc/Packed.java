package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.error.AdapterException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Text in a compressed column. */
final class Packed {
    private static final int MAX_BYTES = 512 * 1024 * 1024;

    private Packed() {}

    static byte[] pack(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() / 2);
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, fast)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory only
        } finally {
            fast.end();
        }
        return bytes.toByteArray();
    }

    /** @param what names the column's row, for errors */
    static String unpack(String what, byte[] column) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(column))) {
            byte[] bytes = in.readNBytes(MAX_BYTES);
            if (in.read() >= 0) {
                throw AdapterException.lasting(what + " is damaged: it is larger than it can have been", null);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw AdapterException.lasting(what + " is damaged: " + e.getMessage(), e);
        }
    }
}
