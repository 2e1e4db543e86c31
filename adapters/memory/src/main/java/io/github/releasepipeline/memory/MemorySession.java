package io.github.releasepipeline.memory;

import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One transaction's view of its own draft of the state. */
final class MemorySession extends StateReader implements PipelineSession {
    private final Draft draft;
    private @Nullable ConcurrentUpdateException conflict;

    MemorySession(State state) {
        this(new Draft(state));
    }

    private MemorySession(Draft draft) {
        super(draft::state);
        this.draft = draft;
    }

    /** From now on the session cannot be used. */
    void close() {
        draft.open = false;
    }

    /** A conflict dooms the transaction, also if its work went on as if nothing had happened. */
    void refuseConflict() {
        if (conflict != null) {
            throw conflict;
        }
    }

    @Override
    public <S> void save(SubjectId<S> id, Stored<S> next) {
        long revision = find(id).map(Stored::revision).orElse(0L);
        if (next.revision() != revision + 1) {
            throw conflict(id.reference());
        }
        State state = draft.state();
        find(id).ifPresent(before -> forget(state, before.snapshot()));
        lookUp(state, next.snapshot());
        state.subjects = state.subjects.with(id.reference(), next);
    }

    private static void forget(State state, Object snapshot) {
        if (snapshot instanceof PullRequest row) {
            state.pullRequests = state.pullRequests.without(Place.of(row));
        } else if (snapshot instanceof Release row) {
            state.releases = state.releases.without(Place.of(row));
        } else if (snapshot instanceof Automation row) {
            state.automations = state.automations.without(Turn.of(row));
        } else if (snapshot instanceof ChangeSet row) {
            state.changeSets = state.changeSets.without(Place.of(row));
            if (holdsMembers(row)) {
                row.pullRequests().forEach(number -> state.members = state.members.without(number));
            }
        } else if (snapshot instanceof Version row) {
            state.versions = state.versions.without(Place.of(row));
            if (holdsTag(row)) {
                state.tags = state.tags.without(row.number().uniqueTag());
                state.lines = state.lines.without(Rank.of(row.number()));
                state.hotfixes = state.hotfixes.without(Place.of(row));
            }
        }
    }

    private void lookUp(State state, Object snapshot) {
        if (snapshot instanceof PullRequest row) {
            state.pullRequests = state.pullRequests.with(Place.of(row), row);
        } else if (snapshot instanceof Release row) {
            state.releases = state.releases.with(Place.of(row), row);
        } else if (snapshot instanceof Automation row && row.state().kind().isUnderWay()) {
            state.automations = state.automations.with(Turn.of(row), row);
        } else if (snapshot instanceof ChangeSet row) {
            state.changeSets = state.changeSets.with(Place.of(row), row);
            if (holdsMembers(row)) {
                row.pullRequests().forEach(number -> join(state, number, row.id()));
            }
        } else if (snapshot instanceof Version row) {
            state.versions = state.versions.with(Place.of(row), row);
            if (holdsTag(row)) {
                take(state, row.number().uniqueTag(), row);
                state.lines = state.lines.with(Rank.of(row.number()), row);
                if (row.hotfix().isPresent()) {
                    state.hotfixes = state.hotfixes.with(Place.of(row), row);
                }
            }
        }
    }

    private static boolean holdsMembers(ChangeSet set) {
        return set.state().kind() != ChangeSetState.Kind.ABANDONED;
    }

    private static boolean holdsTag(Version version) {
        return version.state().kind() != VersionState.Kind.DISCARDED;
    }

    private void join(State state, long pullRequest, ChangeSetId set) {
        state.members.get(pullRequest).ifPresent(other -> {
            throw conflict("The change set of pull request " + pullRequest);
        });
        state.members = state.members.with(pullRequest, set);
    }

    private void take(State state, String tag, Version version) {
        if (state.tags.has(tag)) {
            throw conflict("The version tagged " + tag);
        }
        state.tags = state.tags.with(tag, version);
    }

    @Override
    public void recount(List<Fact> before, List<Fact> after) {
        State state = draft.state();
        before.forEach(fact -> state.facts = state.facts.without(MemoryFigures.key(fact)));
        after.forEach(fact -> state.facts = state.facts.with(MemoryFigures.key(fact), fact));
    }

    @Override
    public void append(List<AuditRecord> records) {
        State state = draft.state();
        for (AuditRecord record : records) {
            Numbered place = new Numbered(record.subject(), record.sequence());
            if (state.chains.has(place)) {
                throw conflict(record.subject());
            }
            state.chains = state.chains.with(place, record);
            state.appended++;
            state.trail = state.trail.with(-state.appended, new State.Appended(state.appended, record));
        }
    }

    @Override
    public void post(List<Letter> letters) {
        State state = draft.state();
        for (Letter letter : letters) {
            state.posted++;
            state.waiting = state.waiting.with(state.posted, new State.Waiting(state.posted, letter, Instant.MIN));
        }
    }

    @Override
    public void log(List<LogEntry> entries) {
        State state = draft.state();
        for (LogEntry entry : entries) {
            String release = entry.release().value();
            long sequence = state.logLengths.get(release).orElse(0L) + 1;
            state.logLengths = state.logLengths.with(release, sequence);
            state.logs = state.logs.with(new Numbered(release, sequence), new LogLine(sequence, entry));
        }
    }

    @Override
    public void keep(Manifest manifest) {
        State state = draft.state();
        state.manifests = state.manifests.with(manifest.digest().hex(), manifest);
    }

    @Override
    public void keep(VersionId version, List<ChangeAttribution> changes) {
        State state = draft.state();
        state.changes = state.changes.with(version.value(), List.copyOf(changes));
    }

    @Override
    public void keep(VersionId version, Envelope attestation) {
        State state = draft.state();
        state.attestations = state.attestations.with(version.value(), attestation);
    }

    private ConcurrentUpdateException conflict(String subject) {
        ConcurrentUpdateException found = new ConcurrentUpdateException(subject);
        conflict = found;
        return found;
    }

    /** The draft, as long as the transaction lasts. */
    private static final class Draft {
        private final State state;
        private boolean open = true;

        Draft(State state) {
            this.state = state;
        }

        State state() {
            if (!open) {
                throw new IllegalStateException("The transaction has ended; its session cannot be used any more");
            }
            return state;
        }
    }
}
