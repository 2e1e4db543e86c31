package io.github.releasepipeline.tck;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Valid values of the model for tests; each builder begins with a thing that is complete. */
public final class Sample {
    /** When samples begin. */
    public static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    /** Where pull requests live. */
    public static final String REPOSITORY = "acme/flows";

    /** An environment. */
    public static final EnvironmentName STAGING = new EnvironmentName("staging");

    /** Another environment. */
    public static final EnvironmentName PRODUCTION = new EnvironmentName("production");

    /** A person. */
    public static final Actor ALICE = Actor.user("alice");

    /** Another person. */
    public static final Actor BOB = Actor.user("bob");

    /** Texts that break what is put together from text. */
    public static final List<String> HOSTILE = List.of(
            "'; DROP TABLE release; --",
            "\"double\" 'single' `back` \\ backslash \\' \\\\",
            "100 % _ under ? ?1 :name ${jndi:ldap://x} {{x}} #{x}",
            "\u0001\u0002\u001b[31m\u001f\u007f\u0085\u2028\u2029\ttab\r\nline",
            "😀 👩‍👩‍👧 Ünïcödé 发票 مرحبا \u202e\ufeff\ufffd",
            "<script>alert('x')</script> &amp; ]]> null undefined NaN");

    /** A text of more than 100,000 bytes, for what has no limit. */
    public static final String HUGE = "x'\"\\é😀\n".repeat(10_000);

    private Sample() {}

    /** An open pull request that changes one workflow. */
    public static PullRequestSample pullRequest(long number) {
        return new PullRequestSample(number);
    }

    /** A change set in draft. */
    public static ChangeSetSample changeSet(String id, Long... pullRequests) {
        return new ChangeSetSample(id, List.of(pullRequests));
    }

    /** A published version. */
    public static VersionSample version(String id, VersionNumber number) {
        return new VersionSample(id, number);
    }

    /** A release into {@link #PRODUCTION} that waits for approvals. */
    public static ReleaseSample release(String id) {
        return new ReleaseSample(id);
    }

    /** A number on the repository's one line. */
    public static VersionNumber number(long major, long minor, long patch) {
        return new VersionNumber("", major, minor, patch, "", "");
    }

    /** A pre-release on the repository's one line. */
    public static VersionNumber number(long major, long minor, long patch, String preRelease) {
        return new VersionNumber("", major, minor, patch, preRelease, "");
    }

    /** A workflow whose bytes are the text. */
    public static Item item(String path, String text) {
        return new Item(new ItemId("workflow", path), Digest.of(text));
    }

    /** The creation of a workflow. */
    public static ItemChange created(String path) {
        return ItemChange.created(item(path, path));
    }

    /** A manifest of workflows, each with its path as its bytes. */
    public static Manifest manifest(String... paths) {
        return new Manifest(Arrays.stream(paths).map(path -> item(path, path)).toList());
    }

    /** A commit id that holds a number. */
    public static CommitId commit(long number) {
        return new CommitId(String.format("%040x", number));
    }

    /** Who did something at {@link #NOW}. */
    public static Stamp stamp(Actor actor) {
        return new Stamp(actor, NOW, Optional.empty());
    }

    /** The next record of a chain, with an id made of its place. */
    public static AuditRecord record(ChainHead head, SubjectId<?> subject, DomainEvent event) {
        String id = subject.reference() + "/" + (head.length() + 1);
        return AuditRecord.next(head, subject, id, stamp(ALICE), event);
    }

    /** A line of a release's log. */
    public static LogEntry line(ReleaseId release, String text) {
        return new LogEntry(release, NOW, 1, Optional.of(Step.BACKUP), LogEntry.Level.INFO, text);
    }
}
