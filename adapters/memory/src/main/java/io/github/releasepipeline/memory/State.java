package io.github.releasepipeline.memory;

import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.audit.Checkpoint;
import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.Version;
import java.time.Instant;
import java.util.List;

/**
 * Everything a store holds. Its parts are immutable, so a copy is as cheap as its number of fields, and what is committed
 * never changes under a reader.
 */
final class State implements Cloneable {
    /** Snapshots by reference. */
    Sorted<String, Stored<?>> subjects = Sorted.empty();
    /** Change sets, not abandoned, by the numbers of their pull requests. */
    Sorted<Long, ChangeSetId> members = Sorted.empty();
    /** Versions, not discarded, by unique tag. */
    Sorted<String, Version> tags = Sorted.empty();
    /** Versions, not discarded, smallest number of each line first. */
    Sorted<Rank, Version> lines = Sorted.empty();
    /** Hotfixes, not discarded, newest first. */
    Sorted<Place, Version> hotfixes = Sorted.empty();

    Sorted<String, Manifest> manifests = Sorted.empty();
    Sorted<String, List<ChangeAttribution>> changes = Sorted.empty();
    Sorted<String, Envelope> attestations = Sorted.empty();

    Sorted<Place, PullRequest> pullRequests = Sorted.empty();
    Sorted<Place, ChangeSet> changeSets = Sorted.empty();
    Sorted<Place, Version> versions = Sorted.empty();
    Sorted<Place, Release> releases = Sorted.empty();

    /** Automations that are under way, the one that was merged first at the front. */
    Sorted<Turn, Automation> automations = Sorted.empty();

    Sorted<Numbered, AuditRecord> chains = Sorted.empty();
    /** All records, newest first: by the negative number of records before. */
    Sorted<Long, Appended> trail = Sorted.empty();

    long appended;

    /** Where chains were sealed. */
    Sorted<Numbered, Seal> seals = Sorted.empty();
    /** The newest first: by the negative number. */
    Sorted<Long, Checkpoint> checkpoints = Sorted.empty();

    /** By subject, kind and part. */
    Sorted<String, Fact> facts = Sorted.empty();

    Sorted<Numbered, LogLine> logs = Sorted.empty();
    /** How many lines the log of a release has. */
    Sorted<String, Long> logLengths = Sorted.empty();

    /** Letters to deliver, oldest first. */
    Sorted<Long, Waiting> waiting = Sorted.empty();
    /** Buried letters, newest first: by the negative number of burials before. */
    Sorted<Long, Buried> buried = Sorted.empty();

    long posted;
    long burials;

    State copy() {
        try {
            return (State) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("State is cloneable", e);
        }
    }

    /** A record with its place in the whole trail. */
    record Appended(long number, AuditRecord record) {}

    /** The head at which a checkpoint sealed a chain. */
    record Seal(String subject, ChainHead head, long checkpoint) {}

    /**
     * A letter to deliver.
     *
     * @param number its place among all letters ever posted
     * @param letter with its tries
     * @param due not to be handed out before
     */
    record Waiting(long number, Letter letter, Instant due) {}

    /** A buried letter with its place among all burials, and what was said. */
    record Buried(long number, Waiting waiting, String error) {}
}
