package io.github.releasepipeline.core.version;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Hotfix;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which version a new one follows, and which number comes next. */
final class Predecessors {
    private final Engine engine;
    private final ItemRepository repository;

    Predecessors(Engine engine, ItemRepository repository) {
        this.engine = engine;
        this.repository = repository;
    }

    /** Where a number stands on its line now. */
    static Proposal.Place place(VersionNumber number, PipelineReader reader) {
        return new Proposal.Place(reader.versionBelow(number), reader.versionAbove(number));
    }

    /** The version that is the one to follow now: at the line's head the newest, also if that has the number itself. */
    static Optional<VersionId> before(Proposal.Place place, VersionNumber number, PipelineReader reader) {
        return place.above().isEmpty() ? reader.newestVersion(number.line()) : reader.versionBelow(number);
    }

    /** The number that follows on a line after an increment. */
    VersionNumber next(String line, Bump bump) {
        return engine.reader()
                .newestVersion(line)
                .map(this::number)
                .map(newest -> Numbers.next(newest, bump))
                .orElseGet(() -> Numbers.first(line));
    }

    /** The patch that follows the versions that share major and minor with a hotfix's base. */
    VersionNumber next(Hotfix hotfix) {
        VersionNumber base = hotfix.number();
        VersionNumber greatest = engine.reader()
                .versionBelow(Numbers.beforeMinor(base.line(), base.major(), base.minor() + 1))
                .map(this::number)
                .orElse(base);
        return greatest.equals(base) ? Numbers.next(base, Bump.PATCH) : Numbers.patchAfter(greatest);
    }

    /**
     * The version that a commit continues: the nearest below the number that the commit contains. Only hotfixes may be passed
     * over, and imported versions of branches that never came back.
     *
     * @throws RefusedException if the commit does not contain another version
     */
    Predecessor previous(VersionNumber number, CommitId commit) {
        Optional<Version> nearest = below(number);
        Optional<Version> previous = nearest;
        List<Version> passed = new ArrayList<>();
        while (previous.isPresent() && !contains(commit, previous.get())) {
            if (!mayBePassed(previous.get(), commit)) {
                throw missing(commit, previous.get());
            }
            passed.add(previous.get());
            previous = below(previous.get().number());
        }
        if (previous.isEmpty() && nearest.isPresent()) {
            throw missing(commit, nearest.get());
        }
        return new Predecessor(previous, passed);
    }

    /** The base of a hotfix, which its commit has to contain. */
    Predecessor base(Hotfix hotfix, CommitId commit) {
        Version base = engine.get(hotfix.base());
        if (!contains(commit, base)) {
            throw missing(commit, base);
        }
        return new Predecessor(Optional.of(base), List.of());
    }

    private Optional<Version> below(VersionNumber number) {
        return engine.reader().versionBelow(number).map(engine::get);
    }

    /** An imported version is not, if it holds the commit itself: that would be a step back. */
    private boolean mayBePassed(Version version, CommitId commit) {
        return version.hotfix().isPresent()
                || (version.isImported() && !repository.isAncestor(commit, version.commit()));
    }

    private boolean contains(CommitId commit, Version version) {
        return repository.isAncestor(version.commit(), commit);
    }

    private VersionNumber number(VersionId id) {
        return engine.get(id).number();
    }

    private static RefusedException missing(CommitId commit, Version version) {
        return new RefusedException(
                "version.ancestry",
                version.id().reference(),
                "Commit " + commit + " does not contain " + version.number() + ", the version before",
                List.of());
    }
}
