package io.github.releasepipeline.jgit;

import io.github.releasepipeline.difference.TextDifference;
import io.github.releasepipeline.subject.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.util.QuotedString;

/** Compares files line by line. */
final class Lines {
    private static final long LIMIT = 4 << 20;
    private static final String NO_FILE = "/dev/null";

    private final ObjectReader reader;

    Lines(ObjectReader reader) {
        this.reader = reader;
    }

    /** A file's path and its object. */
    record Blob(String path, ObjectId object) {}

    TextDifference compare(Optional<Blob> before, Optional<Blob> after) throws IOException {
        Optional<String> problem = problem(before);
        if (problem.isEmpty()) {
            problem = problem(after);
        }
        if (problem.isPresent()) {
            return new TextDifference.NotCompared(problem.get());
        }
        RawText older = text(before);
        RawText newer = text(after);
        EditList edits = histogram().diff(RawTextComparator.DEFAULT, older, newer);
        int added = 0;
        int removed = 0;
        for (Edit edit : edits) {
            added += edit.getLengthB();
            removed += edit.getLengthA();
        }
        return new TextDifference.Compared(unified(before, after, older, newer, edits), added, removed);
    }

    /** Without a second algorithm for lines that stand there too often: its effort grows with the square. */
    private static HistogramDiff histogram() {
        HistogramDiff histogram = new HistogramDiff();
        histogram.setFallbackAlgorithm(null);
        return histogram;
    }

    private Optional<String> problem(Optional<Blob> blob) throws IOException {
        if (blob.isEmpty()) {
            return Optional.empty();
        }
        String name = "'" + Text.shown(blob.get().path(), 200) + "'";
        long size = reader.getObjectSize(blob.get().object(), Constants.OBJ_BLOB);
        if (size > LIMIT) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%s is too large to compare: %d MB, limit %d MB",
                    name,
                    (size + (1 << 20) - 1) >> 20,
                    LIMIT >> 20));
        }
        return RawText.isBinary(bytes(blob.get()), (int) size, true)
                ? Optional.of(name + " is binary")
                : Optional.empty();
    }

    private RawText text(Optional<Blob> blob) throws IOException {
        return blob.isEmpty() ? RawText.EMPTY_TEXT : new RawText(bytes(blob.get()));
    }

    private byte[] bytes(Blob blob) throws IOException {
        return reader.open(blob.object(), Constants.OBJ_BLOB).getCachedBytes((int) LIMIT);
    }

    private static String unified(
            Optional<Blob> before, Optional<Blob> after, RawText older, RawText newer, EditList edits)
            throws IOException {
        if (edits.isEmpty()) {
            return "";
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(out)) {
            formatter.format(edits, older, newer);
        }
        return "--- " + name("a/", before) + "\n+++ " + name("b/", after) + "\n" + out.toString(StandardCharsets.UTF_8);
    }

    private static String name(String side, Optional<Blob> blob) {
        return blob.map(there -> QuotedString.GIT_PATH.quote(side + there.path()))
                .orElse(NO_FILE);
    }
}
