package io.github.releasepipeline.tck;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.store.Window;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Rows of all four tables that are alike enough for every filter to tell some of them apart, and what the tables have to
 * show of them: the oracle is {@link PipelineFilter#accepts} over the plain lists. The same seed makes the same rows.
 */
final class Population {
    private static final List<Actor> PEOPLE = List.of(Actor.user("alice"), Actor.user("Alice"), Actor.service("bot"));
    private static final List<String> LABELS = List.of("feature", "Feature", "100%", "a_b", "it's");
    private static final List<String> PATHS =
            List.of("workflows/a.json", "workflows/A.json", "workflows/%.json", "agents/a.json");
    private static final List<EnvironmentName> ENVIRONMENTS = List.of(Sample.STAGING, Sample.PRODUCTION);
    private static final List<Progress> PROGRESSES =
            List.of(new Progress.Draft(), new Progress.Open(), new Progress.Open(), new Progress.Closed(Sample.NOW));

    final List<PullRequest> pullRequests = new ArrayList<>();
    final List<ChangeSet> changeSets = new ArrayList<>();
    final List<Version> versions = new ArrayList<>();
    final List<Release> releases = new ArrayList<>();
    private final Random random;

    Population(long seed, int size) {
        random = new Random(seed);
        for (int i = 1; i <= size; i++) {
            pullRequests.add(pullRequest(i));
            changeSets.add(Sample.changeSet(id(i))
                    .createdBy(any(PEOPLE))
                    .createdAt(time())
                    .state(any(RichSamples.changeSetStates()))
                    .build());
            versions.add(Sample.version(id(i), Sample.number(1, i, 0))
                    .createdBy(any(PEOPLE))
                    .createdAt(time())
                    .state(any(RichSamples.versionStates()))
                    .build());
            releases.add(Sample.release(id(i))
                    .environment(any(ENVIRONMENTS))
                    .requestedBy(any(PEOPLE))
                    .requestedAt(time())
                    .state(releaseState())
                    .build());
        }
    }

    private PullRequest pullRequest(int number) {
        PullRequestSample sample = Sample.pullRequest(number)
                .author(any(PEOPLE).id())
                .labels(some(LABELS).toArray(String[]::new))
                .items(some(PATHS).stream().map(this::change).toArray(ItemChange[]::new))
                .createdAt(time())
                .review(any(List.of(ReviewSummary.Decision.values())));
        return (random.nextInt(4) == 0 ? sample.merged() : sample.progress(any(PROGRESSES))).build();
    }

    private ItemChange change(String path) {
        return switch (random.nextInt(3)) {
            case 0 -> Sample.created(path);
            case 1 -> ItemChange.deleted(Sample.item(path, "x"));
            default -> ItemChange.changed(Sample.item(path, "x"), Sample.item("workflows/moved-" + path, "x"));
        };
    }

    private ReleaseState releaseState() {
        return switch (random.nextInt(4)) {
            case 0 -> new ReleaseState.Succeeded(time());
            case 1 -> new ReleaseState.RolledBack(Sample.release("by").build().id(), time(), true, Sample.NOW);
            default -> any(RichSamples.releaseStates());
        };
    }

    /** Ids whose order differs between byte order, a language's order and the order of the numbers in them. */
    private static String id(int i) {
        return List.of("r", "R", "a-", "Z-").get(i % 4) + i;
    }

    /** Few instants, so that many rows have the same one, and some are a microsecond apart. */
    private Instant time() {
        return Sample.NOW.plus(Duration.ofHours(random.nextInt(4))).plusNanos(1_000L * random.nextInt(2));
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private <T> List<T> some(List<T> from) {
        List<T> shuffled = new ArrayList<>(from);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, random.nextInt(3));
    }

    /** Saves all rows, in an order that is not theirs. */
    void save(PipelineSession session) {
        List<Runnable> saves = new ArrayList<>();
        pullRequests.forEach(row -> saves.add(() -> save(session, row.id(), row)));
        changeSets.forEach(row -> saves.add(() -> save(session, row.id(), row)));
        versions.forEach(row -> saves.add(() -> save(session, row.id(), row)));
        releases.forEach(row -> saves.add(() -> save(session, row.id(), row)));
        Collections.shuffle(saves, random);
        saves.forEach(Runnable::run);
    }

    private static <S> void save(PipelineSession session, SubjectId<S> id, S row) {
        session.save(id, Stored.unsaved(row).next(row, Stored.unsaved(row).head()));
    }

    // the oracle

    List<PullRequest> pullRequests(PipelineFilter filter) {
        return sorted(
                pullRequests,
                row -> !row.items().isEmpty() && filter.accepts(row),
                Comparator.comparing(PullRequest::createdAt).thenComparing(PullRequest::number));
    }

    List<ChangeSet> changeSets(PipelineFilter filter) {
        return sorted(
                changeSets,
                filter::accepts,
                Comparator.comparing(ChangeSet::createdAt)
                        .thenComparing(row -> row.id().value()));
    }

    List<Version> versions(PipelineFilter filter) {
        boolean discardedToo = filter.versions().contains(VersionState.Kind.DISCARDED);
        return sorted(
                versions,
                row -> filter.accepts(row) && (discardedToo || row.state().kind() != VersionState.Kind.DISCARDED),
                Comparator.comparing(Version::createdAt)
                        .thenComparing(row -> row.id().value()));
    }

    List<Release> releases(PipelineFilter filter) {
        return sorted(
                releases,
                filter::accepts,
                Comparator.comparing(Release::requestedAt)
                        .thenComparing(row -> row.id().value()));
    }

    private static <T> List<T> sorted(List<T> rows, Predicate<T> shown, Comparator<T> oldestFirst) {
        return rows.stream().filter(shown).sorted(oldestFirst.reversed()).toList();
    }

    // filters

    /** Filters with one part each; every part and every value of it. */
    static List<UnaryOperator<PipelineFilter>> parts() {
        List<UnaryOperator<PipelineFilter>> parts = new ArrayList<>();
        ENVIRONMENTS.forEach(name -> parts.add(filter -> filter.in(name)));
        PEOPLE.forEach(person -> parts.add(filter -> filter.by(person.id())));
        parts.add(filter -> filter.by("a%"));
        LABELS.forEach(label -> parts.add(filter -> filter.label(label)));
        parts.add(filter -> filter.label("ab"));
        PATHS.forEach(path -> parts.add(filter -> filter.item(path)));
        parts.add(filter -> filter.item("workflows/moved-workflows/a.json"));
        parts.add(filter -> filter.item("workflows"));
        for (Window window : windows()) {
            parts.add(filter -> filter.created(window));
            parts.add(filter -> filter.finished(window));
        }
        for (PullRequestStatus status : PullRequestStatus.values()) {
            parts.add(filter -> filter.pullRequests(status));
        }
        for (ChangeSetState.Kind kind : ChangeSetState.Kind.values()) {
            parts.add(filter -> filter.changeSets(kind));
        }
        for (VersionState.Kind kind : VersionState.Kind.values()) {
            parts.add(filter -> filter.versions(kind));
        }
        for (ReleaseState.Kind kind : ReleaseState.Kind.values()) {
            parts.add(filter -> filter.releases(kind));
        }
        parts.add(filter -> filter.pullRequests(PullRequestStatus.OPEN, PullRequestStatus.MERGED));
        parts.add(filter -> filter.changeSets(ChangeSetState.Kind.DRAFT, ChangeSetState.Kind.VERSIONED));
        parts.add(filter -> filter.versions(VersionState.Kind.DISCARDED, VersionState.Kind.PUBLISHED));
        parts.add(filter -> filter.releases(ReleaseState.Kind.SUCCEEDED, ReleaseState.Kind.ROLLED_BACK));
        return parts;
    }

    /** Windows that begin or end exactly at rows, and one that holds nothing. */
    private static List<Window> windows() {
        Instant one = Sample.NOW.plus(Duration.ofHours(1));
        return List.of(
                new Window(Sample.NOW, one),
                new Window(one, one.plusNanos(1_000)),
                new Window(one.plusNanos(1_000), Sample.NOW.plus(Duration.ofDays(30))),
                new Window(one, one));
    }
}
