package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.tck.Sample;
import java.nio.file.Path;
import java.util.List;

/** A process that commits one transaction after the other, and says so after each commit, until it is killed. */
final class KilledWriter {
    private KilledWriter() {}

    /** Arguments: the database file, the id of the release to write. */
    public static void main(String[] arguments) {
        Release release = Sample.release(arguments[1]).build();
        try (JdbcPipelineStore store = JdbcPipelineStore.embedded(Path.of(arguments[0]))) {
            while (true) {
                commit(store, release);
            }
        }
    }

    /** Nothing is committed or said while the other writer holds the file for too long, as on a busy machine. */
    private static void commit(JdbcPipelineStore store, Release release) {
        try {
            long revision = store.transact(session -> write(session, release));
            System.out.println(revision);
            System.out.flush();
        } catch (AdapterException e) {
            if (!e.retryable()) {
                throw e;
            }
        }
    }

    private static long write(PipelineSession session, Release release) {
        Stored<Release> before = session.find(release.id()).orElseGet(() -> Stored.unsaved(release));
        ChainHead head = before.head();
        AuditRecord one = Sample.record(head, release.id(), new ReleaseEvent.Readied());
        AuditRecord two = Sample.record(one.head(), release.id(), new ReleaseEvent.Queued());
        session.save(release.id(), before.next(release, two.head()));
        session.append(List.of(one, two));
        session.log(List.of(Sample.line(release.id(), "line " + (before.revision() + 1))));
        session.post(List.of(new Letter("slack", one, 0), new Letter("email", two, 0)));
        return before.revision() + 1;
    }
}
