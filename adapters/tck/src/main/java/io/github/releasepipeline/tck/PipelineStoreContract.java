package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PipelineStore} does. A test of an adapter extends it and gives an empty store for each fact.
 *
 * <p>The tables are compared with {@link PipelineFilter#accepts} over generated rows; {@link PipelineTablesProperties}
 * does so with random ones.
 */
public abstract class PipelineStoreContract extends OutboxFacts {
    private static final ReleaseId RELEASE = new ReleaseId("r-1");
    private static final List<String> TEXTS =
            Stream.concat(Sample.HOSTILE.stream(), Stream.of(Sample.HUGE)).toList();

    /** For subclasses. */
    protected PipelineStoreContract() {}

    /** A new, empty store; closed by the contract after each fact. */
    @Override
    protected abstract PipelineStore newStore();

    @Test
    void any_text_survives_in_a_pull_request_and_is_found_by_filters() {
        for (String text : Sample.HOSTILE) {
            String path = "workflows/" + text;
            PullRequest row = Sample.pullRequest(1)
                    .title(text)
                    .author(text)
                    .labels(text, text + "!")
                    .items(Sample.created(path))
                    .build();
            save(row);

            PipelineFilter filter = PipelineFilter.all().by(text).label(text).item(path);
            assertThat(store.tables().pullRequests(filter, PageRequest.first(2)).rows())
                    .containsExactly(row);
            PipelineFilter other = PipelineFilter.all().label(text + "?");
            assertThat(store.tables().pullRequests(other, PageRequest.first(2)).rows())
                    .isEmpty();
        }
    }

    @Test
    void a_huge_title_survives() {
        PullRequest row = Sample.pullRequest(1).title(Sample.HUGE).build();
        save(row);

        assertThat(store.tables()
                        .pullRequests(PipelineFilter.all(), PageRequest.first(2))
                        .rows())
                .containsExactly(row);
    }

    @Test
    void any_text_survives_in_a_change_set_a_version_and_a_release() {
        for (String text : TEXTS) {
            ChangeSet set = Sample.changeSet("cs-1").description(text).build();
            Version version = Sample.version("v-1", Sample.number(1, 0, 0))
                    .notes(text)
                    .state(new VersionState.Draft())
                    .build();
            Release release = Sample.release("r-1").reason(text).build();
            save(set);
            save(version);
            save(release);

            assertThat(store.reader().find(set.id()).orElseThrow().snapshot()).isEqualTo(set);
            assertThat(store.reader().find(version.id()).orElseThrow().snapshot())
                    .isEqualTo(version);
            assertThat(store.reader().find(release.id()).orElseThrow().snapshot())
                    .isEqualTo(release);
        }
    }

    @Test
    void any_text_survives_in_a_record_and_its_letter() {
        ChainHead head = ChainHead.empty();
        for (String text : TEXTS) {
            Stamp stamp = new Stamp(Sample.ALICE, Sample.NOW, Optional.of(text));
            AuditRecord record =
                    AuditRecord.next(head, RELEASE, "id-" + head.length(), stamp, new ReleaseEvent.Rejected());
            head = record.head();
            Letter letter = new Letter("slack", record, 0);
            inTransaction(session -> {
                session.append(List.of(record));
                session.post(List.of(letter));
            });

            assertThat(store.outbox().take("slack", Sample.NOW, Sample.NOW.plusSeconds(1), 10))
                    .containsExactly(letter);
            store.outbox().postpone(letter, Sample.NOW, text);
            store.outbox().bury(letter, text);
        }

        assertThat(store.audit().of(RELEASE))
                .extracting(record -> record.stamp().reason().orElseThrow())
                .isEqualTo(TEXTS);
    }

    @Test
    void any_text_survives_in_a_log_and_in_a_manifest() {
        save(Sample.release("r-1").build());
        Manifest manifest = Sample.manifest(Sample.HOSTILE.toArray(String[]::new));
        inTransaction(session -> {
            session.log(TEXTS.stream().map(text -> Sample.line(RELEASE, text)).toList());
            session.keep(manifest);
        });

        assertThat(store.logs().after(RELEASE, 0, 100).stream().map(LogLine::entry))
                .extracting("text")
                .isEqualTo(TEXTS);
        assertThat(store.reader().manifest(manifest.digest())).contains(manifest);
    }
}
