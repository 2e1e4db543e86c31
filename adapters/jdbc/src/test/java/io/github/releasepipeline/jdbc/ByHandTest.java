package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.audit.Checkpoint;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the database refuses to a person with a console. */
class ByHandTest {
    private static final ReleaseId RELEASE = new ReleaseId("r-1");
    private static final AuditRecord RECORD = Sample.record(ChainHead.empty(), RELEASE, new ReleaseEvent.Readied());

    /** Of a trigger, or of the unique index of tags: not of a statement that is wrong. */
    private static final String REFUSAL =
            "(?s).*(append only|immutable|never replaced|cannot be deleted|version_tag).*";

    private static final Manifest MANIFEST = Sample.manifest("workflows/a.json");
    /** Inserts a version: the way, a column more, id, state, tag. */
    private static final String VERSION = "insert %s into release_pipeline_version (%s pipeline, id, revision,"
            + " chain_length, chain_hash, created_at, author, state, unique_tag, line, precedence, hotfix, content, standing)"
            + " values (%s, 1, 0, '', 1, '', %s, %s, '', '~', 0, '', '')";

    private static final String NOW = Sample.NOW.toString();
    private static final String LATER = Sample.NOW.plusSeconds(1).toString();
    private static final String PUBLISHED = ",\"state\":{\"kind\":\"Published\",\"at\":\"" + NOW + "\"}}";

    private static final Envelope ATTESTATION = new Envelope(Envelope.IN_TOTO, "{}", List.of());

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void the_audit_trail_is_append_only(DataSource source) {
        JdbcPipelineStore store = filled(source);

        List<String> attempts = List.of(
                "update release_pipeline_audit set canonical = 'x'",
                "update release_pipeline_audit set hash = 'x' where sequence = 1",
                "delete from release_pipeline_audit",
                replace(
                        source,
                        "insert or replace into release_pipeline_audit"
                                + " (pipeline, subject, sequence, event, canonical, hash)"
                                + " values ('default', 'release:r-1', 1, 'x', 'x', 'x')"),
                replace(
                        source,
                        "insert or replace into release_pipeline_audit"
                                + " (position, pipeline, subject, sequence, event, canonical, hash)"
                                + " values (1, 'default', 'release:r-2', 1, 'x', 'x', 'x')"),
                truncate(source, "truncate release_pipeline_audit cascade"));

        refused(source, attempts);
        assertThat(store.audit().of(RELEASE)).containsExactly(RECORD);
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_checkpoint_and_its_seals_are_never_changed(DataSource source) {
        JdbcPipelineStore store = filled(source);
        Optional<Checkpoint> made = store.audit().seal(Sample.NOW);
        assertThat(made).isPresent();

        refused(
                source,
                List.of(
                        "update release_pipeline_checkpoint set heads = heads",
                        "delete from release_pipeline_checkpoint",
                        "update release_pipeline_seal set length = length",
                        "delete from release_pipeline_seal",
                        replace(
                                source,
                                "insert or replace into release_pipeline_checkpoint select * from release_pipeline_checkpoint"),
                        replace(
                                source,
                                "insert or replace into release_pipeline_seal select * from release_pipeline_seal"),
                        truncate(source, "truncate release_pipeline_checkpoint"),
                        truncate(source, "truncate release_pipeline_seal")));
        assertThat(store.audit().newestCheckpoint()).isEqualTo(made);
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_published_version_is_immutable(DataSource source) {
        JdbcPipelineStore store = filled(source);
        Version version = Sample.version("v-1", Sample.number(1, 0, 0)).build();

        refused(
                source,
                Stream.of(
                                "content = 'x'",
                                "unique_tag = 'v9'",
                                "precedence = 'x'",
                                "hotfix = 1",
                                "line = 'x'",
                                "created_at = 1",
                                "author = 'x'",
                                "id = 'x'",
                                "pipeline = 'x'",
                                "state = 'DRAFT'",
                                "state = 'DISCARDED'")
                        .map(change -> "update release_pipeline_version set " + change)
                        .toList());
        refused(
                source,
                List.of(
                        "delete from release_pipeline_version",
                        "update release_pipeline_version_change set changes = changes",
                        "delete from release_pipeline_version_change",
                        "update release_pipeline_manifest set chunks = ''",
                        "delete from release_pipeline_manifest",
                        "update release_pipeline_manifest_chunk set lines = lines",
                        "delete from release_pipeline_manifest_chunk",
                        "update release_pipeline_version_change set part = part + 1",
                        "update release_pipeline_version_change set version = 'x'",
                        "update release_pipeline_version_change set pipeline = 'x'",
                        "update release_pipeline_manifest set items = 9",
                        "update release_pipeline_manifest set digest = 'x'",
                        "update release_pipeline_manifest set pipeline = 'x'",
                        "update release_pipeline_manifest_chunk set digest = 'x'",
                        "update release_pipeline_attestation set payload = payload",
                        "update release_pipeline_attestation set payload_type = 'x'",
                        "update release_pipeline_attestation set signatures = '[]'",
                        "update release_pipeline_attestation set version = 'x'",
                        "delete from release_pipeline_attestation",
                        "insert into release_pipeline_version select pipeline, 'other', revision, chain_length, chain_hash,"
                                + " created_at, author, 'DRAFT', unique_tag, line, precedence, hotfix, content, standing"
                                + " from release_pipeline_version",
                        replace(
                                source,
                                "insert or replace into release_pipeline_version_change select pipeline, version, part,"
                                        + " x'00' from release_pipeline_version_change"),
                        replace(
                                source,
                                "insert or replace into release_pipeline_manifest select pipeline, digest, items, ''"
                                        + " from release_pipeline_manifest"),
                        replace(
                                source,
                                "insert or replace into release_pipeline_manifest_chunk select pipeline, digest, x'00'"
                                        + " from release_pipeline_manifest_chunk"),
                        replace(
                                source,
                                "insert or replace into release_pipeline_attestation select pipeline, version, '', x'00',"
                                        + " '' from release_pipeline_attestation"),
                        replace(
                                source,
                                "insert or replace into release_pipeline_version (pipeline, id, revision, chain_length,"
                                        + " chain_hash, created_at, author, state, unique_tag, line, precedence, hotfix, content,"
                                        + " standing) select pipeline, 'other', 1, 0, '', 1, '', 'DRAFT', unique_tag, '', '~', 0, '', ''"
                                        + " from release_pipeline_version"),
                        truncate(source, "truncate release_pipeline_version cascade"),
                        truncate(source, "truncate release_pipeline_manifest cascade"),
                        truncate(source, "truncate release_pipeline_manifest_chunk cascade"),
                        truncate(source, "truncate release_pipeline_attestation cascade"),
                        truncate(source, "truncate release_pipeline_version_change cascade")));
        assertUntouched(store, version);
    }

    private static void assertUntouched(JdbcPipelineStore store, Version version) {
        assertThat(store.reader().find(version.id()).orElseThrow().snapshot()).isEqualTo(version);
        assertThat(store.reader().manifest(MANIFEST.digest())).contains(MANIFEST);
        assertThat(store.reader().attestation(version.id())).contains(ATTESTATION);
        assertThat(store.reader().changes(version.id())).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void what_is_published_is_not_replaced_by_way_of_another_row(DataSource source) throws SQLException {
        JdbcPipelineStore store = filled(source);
        Version version = Sample.version("v-1", Sample.number(1, 0, 0)).build();
        MigrationsTest.run(source, VERSION.formatted("", "", "'default', 'draft'", "'DRAFT'", "'v2'"));

        refused(
                source,
                Stream.of(
                                VERSION.formatted("or replace", "rowid,", "1, 'default', 'x'", "'DRAFT'", "'v3'"),
                                VERSION.formatted("or replace", "rowid,", "1, 'default', 'x'", "'DISCARDED'", "'v3'"),
                                "update or replace release_pipeline_version set unique_tag = 'v1.0.0' where id = 'draft'",
                                "update or replace release_pipeline_version set id = 'v-1' where id = 'draft'",
                                "update or replace release_pipeline_version set rowid = 1 where id = 'draft'",
                                "insert or replace into release_pipeline_version_change (rowid, pipeline, version, part,"
                                        + " changes) values (1, 'x', 'x', 1, x'00')",
                                "insert or replace into release_pipeline_manifest (rowid, pipeline, digest, items, chunks)"
                                        + " values (1, 'x', 'x', 1, '')",
                                "insert or replace into release_pipeline_manifest_chunk (rowid, pipeline, digest, lines)"
                                        + " values (1, 'x', 'x', x'00')",
                                "insert or replace into release_pipeline_attestation (rowid, pipeline, version,"
                                        + " payload_type, payload, signatures) values (1, 'x', 'x', '', x'00', '')")
                        .map(sql -> replace(source, sql))
                        .toList());
        assertUntouched(store, version);
        MigrationsTest.run(source, "update release_pipeline_version set unique_tag = 'v3' where id = 'draft'");
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void what_may_still_change_in_a_published_version_cannot_say_anything_of_its_content(DataSource source) {
        JdbcPipelineStore store = filled(source);
        Version version = Sample.version("v-1", Sample.number(1, 0, 0)).build();

        refused(
                source,
                Stream.of(
                                ",\"previous\":\"v-0\"" + PUBLISHED,
                                ",\"\\u0070revious\":\"v-0\"" + PUBLISHED,
                                ",\"hotfix\":null" + PUBLISHED,
                                ",\"notes\":\"\"" + PUBLISHED,
                                ",\"state\":{\"kind\":\"Draft\"}" + PUBLISHED,
                                ",\"deliveredBy\":\"r-1\",\"deliveredBy\":\"r-2\"" + PUBLISHED,
                                ",\"deliveredBy\":\"r-1\"}",
                                PUBLISHED + "}",
                                "")
                        .map(ByHandTest::standing)
                        .toList());
        assertUntouched(store, version);
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void where_a_trigger_was_dropped_a_standing_that_says_more_than_it_may_is_not_read(DataSource source)
            throws SQLException {
        JdbcPipelineStore store = filled(source);
        VersionId id = Sample.version("v-1", Sample.number(1, 0, 0)).build().id();
        boolean sqlite = source instanceof org.sqlite.SQLiteDataSource;
        MigrationsTest.run(
                source,
                "drop trigger release_pipeline_version_standing" + (sqlite ? "" : " on release_pipeline_version"));

        for (String added : List.of("previous\":\"v-0", "\\u0070revious\":\"v-0", "hotfix\":\"", "notes\":\"")) {
            MigrationsTest.run(source, standing(",\"" + added + "\"" + PUBLISHED));
            assertThatExceptionOfType(AdapterException.class)
                    .as(added)
                    .isThrownBy(() -> store.reader().find(id))
                    .withMessageContaining("Duplicate field");
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_version_that_is_out_of_use_never_comes_back_and_is_published_when_it_was(DataSource source)
            throws SQLException {
        filled(source);
        String set = "update release_pipeline_version set state = '%s', standing = '%s'";

        refused(
                source,
                List.of(
                        "update release_pipeline_version set state = 'BLOCKED'",
                        standing(retired("Blocked", NOW)),
                        standing(PUBLISHED.replace(NOW, LATER)),
                        set.formatted("DEPRECATED", retired("Blocked", NOW)),
                        set.formatted("DEPRECATED", retired("Deprecated", LATER)),
                        "update release_pipeline_version set chain_length = -1"));
        MigrationsTest.run(source, set.formatted("DEPRECATED", retired("Deprecated", NOW)));
        refused(
                source,
                List.of(
                        set.formatted("PUBLISHED", PUBLISHED),
                        "update release_pipeline_version set state = 'PUBLISHED'",
                        standing(PUBLISHED),
                        standing(retired("Deprecated", NOW).replace("slow", "fine"))));
        MigrationsTest.run(source, standing(",\"deliveredBy\":\"r-1\"" + retired("Deprecated", NOW)));
        MigrationsTest.run(source, set.formatted("BLOCKED", ",\"deliveredBy\":\"r-1\"" + retired("Blocked", NOW)));
        refused(
                source,
                List.of(
                        set.formatted("PUBLISHED", PUBLISHED),
                        set.formatted("DEPRECATED", ",\"deliveredBy\":\"r-1\"" + retired("Deprecated", NOW)),
                        standing(",\"deliveredBy\":\"r-1\"" + PUBLISHED),
                        standing(",\"deliveredBy\":\"r-2\"" + retired("Blocked", NOW)),
                        standing(retired("Blocked", NOW))));
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void nothing_is_added_to_a_version_that_is_there(DataSource source) throws SQLException {
        JdbcPipelineStore store = filled(source);
        Version version = Sample.version("v-1", Sample.number(1, 0, 0)).build();
        MigrationsTest.run(source, VERSION.formatted("", "", "'default', 'empty'", "'PUBLISHED'", "'v2'"));
        MigrationsTest.run(source, VERSION.formatted("", "", "'default', 'draft'", "'DRAFT'", "'v3'"));
        String change = "insert into release_pipeline_version_change select pipeline, '%s', part + 1, changes"
                + " from release_pipeline_version_change";
        String attestation = "insert into release_pipeline_attestation select pipeline, '%s', payload_type, payload,"
                + " signatures from release_pipeline_attestation";

        refused(
                source,
                List.of(
                        change.formatted("v-1"),
                        change.formatted("empty"),
                        change.formatted("draft"),
                        attestation.formatted("empty")));
        assertUntouched(store, version);
        MigrationsTest.run(source, attestation.formatted("draft"));
        MigrationsTest.run(source, change.formatted("next"));
    }

    private static String standing(String text) {
        return "update release_pipeline_version set standing = '" + text + "'";
    }

    private static String retired(String kind, String publishedAt) {
        return ",\"state\":{\"kind\":\"" + kind + "\",\"publishedAt\":\"" + publishedAt
                + "\",\"by\":{\"kind\":\"USER\",\"id\":\"bob\"},\"reason\":\"slow\",\"at\":\"" + LATER + "\"}}";
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_published_version_may_still_be_deprecated_and_delivered(DataSource source) {
        JdbcPipelineStore store = filled(source);
        Version version = Sample.version("v-1", Sample.number(1, 0, 0)).build();
        Version deprecated = new Version(
                version.id(),
                version.number(),
                version.bump(),
                version.bumpReason(),
                version.commit(),
                version.previous(),
                version.changeSets(),
                version.pullRequests(),
                version.manifest(),
                version.items(),
                version.changedItems(),
                version.notes(),
                version.hotfix(),
                version.missingHotfixes(),
                version.createdBy(),
                version.createdAt(),
                Optional.of("r-\"1\""),
                new VersionState.Deprecated(Sample.NOW, Sample.BOB, "slow", Sample.NOW));

        long revision = store.transact(session -> {
            Stored<Version> before = session.find(version.id()).orElseThrow();
            session.save(version.id(), before.next(deprecated, before.head()));
            return before.revision();
        });

        assertThat(revision).isEqualTo(1);
        assertThat(store.reader().find(version.id()).orElseThrow().snapshot()).isEqualTo(deprecated);
    }

    private static JdbcPipelineStore filled(DataSource source) {
        JdbcPipelineStore store = JdbcPipelineStore.on(source);
        Version version = Sample.version("v-1", Sample.number(1, 0, 0)).build();
        boolean done = store.transact(session -> {
            session.append(List.of(RECORD));
            session.keep(MANIFEST);
            session.keep(version.id(), ATTESTATION);
            session.keep(
                    version.id(),
                    List.of(new io.github.releasepipeline.version.ChangeAttribution(
                            Sample.created("workflows/a.json"), List.of(1L), Optional.empty(), List.of())));
            session.save(version.id(), Stored.unsaved(version).next(version, ChainHead.empty()));
            return true;
        });
        assertThat(done).isTrue();
        return store;
    }

    private static void refused(DataSource source, List<String> attempts) {
        for (String attempt : attempts) {
            if (!attempt.isEmpty()) {
                assertThatExceptionOfType(SQLException.class)
                        .as(attempt)
                        .isThrownBy(() -> MigrationsTest.run(source, attempt))
                        .withMessageMatching(REFUSAL);
            }
        }
    }

    private static String replace(DataSource source, String sql) {
        return source instanceof org.sqlite.SQLiteDataSource ? sql : "";
    }

    private static String truncate(DataSource source, String sql) {
        return source instanceof org.sqlite.SQLiteDataSource ? "" : sql;
    }
}
