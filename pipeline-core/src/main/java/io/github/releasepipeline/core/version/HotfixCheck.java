package io.github.releasepipeline.core.version;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.MissingHotfix;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionNumber;
import io.github.releasepipeline.version.VersionState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the hotfixes that a new version would lose. */
final class HotfixCheck {
    /** How many hotfixes of a line are looked at, the newest; those before were looked at by earlier versions. */
    static final int REMEMBERED = 50;

    private final Engine engine;
    private final ItemRepository repository;
    private final String repositoryName;

    HotfixCheck(Engine engine, ItemRepository repository, String repositoryName) {
        this.engine = engine;
        this.repository = repository;
        this.repositoryName = repositoryName;
    }

    /**
     * The hotfixes with a lower number that a commit does not contain, blocked ones aside. Imported versions that were passed
     * over may have been hotfixes, so they are looked at too.
     *
     * @param manifest the items at the commit
     * @param before the version before; what was said of a hotfix there still holds
     * @param reasons why hotfixes may be missing, by their tags
     */
    List<MissingHotfix> missing(
            VersionNumber number, CommitId commit, Manifest manifest, Predecessor before, Map<String, String> reasons) {
        reasons.keySet().forEach(this::requireKnown);
        Map<VersionNumber, String> said = new HashMap<>();
        before.version()
                .ifPresent(version -> version.missingHotfixes()
                        .forEach(missing -> missing.reason().ifPresent(reason -> said.put(missing.number(), reason))));
        Map<String, Item> items = manifest.byPath();
        Stream<Version> remembered =
                engine.reader().hotfixes(number.line(), REMEMBERED).stream().map(engine::get);
        return Stream.concat(before.passed().stream(), remembered)
                .distinct()
                .filter(hotfix -> hotfix.state().kind() != VersionState.Kind.BLOCKED)
                .filter(hotfix -> Numbers.ORDER.compare(hotfix.number(), number) < 0)
                .filter(hotfix -> !isContained(hotfix, commit, items))
                .map(hotfix -> new MissingHotfix(
                        hotfix.id(),
                        hotfix.number(),
                        Optional.ofNullable(reasons.get(hotfix.number().uniqueTag()))
                                .or(() -> Optional.ofNullable(said.get(hotfix.number())))))
                .toList();
    }

    private void requireKnown(String tag) {
        if (engine.reader().versionTagged(tag).isEmpty()) {
            throw new NotFoundException("version", tag);
        }
    }

    /** By its commit, by the merges of all that it brought, or because its items are there as it has them. */
    private boolean isContained(Version hotfix, CommitId commit, Map<String, Item> items) {
        if (repository.isAncestor(hotfix.commit(), commit)) {
            return true;
        }
        List<ChangeAttribution> changes = engine.reader().changes(hotfix.id());
        boolean merged = changes.stream().allMatch(change -> change.direct().isEmpty())
                && hotfix.pullRequests().stream().allMatch(pr -> isMerged(pr, commit));
        return merged || changes.stream().allMatch(change -> isThere(change.change(), items));
    }

    private boolean isMerged(long number, CommitId commit) {
        return engine.reader()
                .find(new PullRequestId(repositoryName, number))
                .flatMap(stored -> stored.snapshot().merged())
                .filter(range -> repository.isAncestor(range.merge(), commit))
                .isPresent();
    }

    private static boolean isThere(ItemChange change, Map<String, Item> items) {
        boolean gone = change.before()
                .filter(before -> change.type() != ItemChange.Type.MODIFIED)
                .map(before -> !items.containsKey(before.id().path()))
                .orElse(true);
        return gone
                && change.after()
                        .map(after -> after.equals(items.get(after.id().path())))
                        .orElse(true);
    }
}
