package io.github.releasepipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.store.SyncPoint;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditRecordTest {
    private static final Stamp STAMP =
            new Stamp(Actor.user("alice"), Instant.parse("2026-03-01T09:00:00Z"), Optional.of("why"));

    @Test
    void the_first_record_follows_nothing() {
        AuditRecord first =
                AuditRecord.next(ChainHead.empty(), new ReleaseId("r1"), "e1", STAMP, new ReleaseEvent.Readied());
        assertThat(first.canonical())
                .isEqualTo("{\"id\":\"e1\",\"subject\":\"release:r1\",\"sequence\":1,\"stamp\":{\"actor\":"
                        + "{\"id\":\"alice\",\"kind\":\"USER\"},\"at\":\"2026-03-01T09:00:00Z\",\"reason\":\"why\"},"
                        + "\"event\":\"release.readied\",\"data\":{\"kind\":\"readied\"},\"previous\":\""
                        + "0".repeat(64) + "\"}");
        assertThat(first.hash()).isEqualTo(Digest.of(first.canonical()));
        assertThat(first.previous().hex()).isEqualTo("0".repeat(64));
        assertThat(first.subject()).isEqualTo("release:r1");
    }

    @Test
    void each_record_carries_the_hash_of_the_one_before() {
        AuditRecord first =
                AuditRecord.next(ChainHead.empty(), new ReleaseId("r1"), "e1", STAMP, new ReleaseEvent.Readied());
        AuditRecord second =
                AuditRecord.next(first.head(), new ReleaseId("r1"), "e2", STAMP, new ReleaseEvent.Queued());
        assertThat(second.sequence()).isEqualTo(2);
        assertThat(second.previous()).isEqualTo(first.hash());
        assertThat(second.canonical())
                .endsWith(",\"previous\":\"" + first.hash().hex() + "\"}");
        assertThat(second.head()).isEqualTo(new ChainHead(2, second.hash()));
    }

    @Test
    void a_letter_has_a_key_that_stays_the_same_when_it_is_brought_again() {
        AuditRecord record =
                AuditRecord.next(ChainHead.empty(), new ReleaseId("r1"), "e1", STAMP, new ReleaseEvent.Readied());
        assertThat(new Letter("slack", record, 0).key())
                .isEqualTo("slack/e1")
                .isEqualTo(new Letter("slack", record, 5).key());
    }

    @Test
    void what_is_stored_counts_its_revisions() {
        Stored<String> unsaved = Stored.unsaved("a");
        assertThat(unsaved.revision()).isZero();
        assertThat(unsaved.head()).isEqualTo(ChainHead.empty());
        ChainHead head = new ChainHead(1, Digest.of(""));
        assertThat(unsaved.next("b", head)).isEqualTo(new Stored<>("b", 1, head));
        SyncPoint point = new SyncPoint("acme/flows", "7", Instant.EPOCH, Instant.EPOCH, true);
        assertThat(point.id().reference()).isEqualTo("sync-point:acme/flows");
    }
}
