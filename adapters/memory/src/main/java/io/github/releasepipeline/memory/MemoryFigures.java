package io.github.releasepipeline.memory;

import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.figure.FactKind;
import io.github.releasepipeline.figure.Stock;
import io.github.releasepipeline.figure.Tally;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.store.FigureTables;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.Window;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts the facts whenever it is asked, and always exactly. */
final class MemoryFigures implements FigureTables {
    private static final Comparator<Fact> OLDEST_FIRST =
            Comparator.comparing(Fact::at).thenComparing(MemoryFigures::key);

    private final Supplier<State> state;

    MemoryFigures(Supplier<State> state) {
        this.state = state;
    }

    static String key(Fact fact) {
        return fact.subject() + " " + fact.kind() + " " + fact.part();
    }

    private Stream<Fact> facts(Optional<EnvironmentName> environment) {
        return state.get()
                .facts
                .values()
                .filter(fact -> environment.isEmpty() || fact.environment().equals(environment));
    }

    @Override
    public Map<FactKind, Tally> tally(Window window, Optional<EnvironmentName> environment) {
        Map<FactKind, Tally> tallies = new EnumMap<>(FactKind.class);
        facts(Optional.empty())
                .filter(fact -> window.contains(fact.at()))
                .filter(fact -> environment.isEmpty()
                        || fact.environment().isEmpty()
                        || fact.environment().equals(environment))
                .collect(Collectors.groupingBy(Fact::kind))
                .forEach((kind, facts) -> tallies.put(kind, tally(facts)));
        return tallies;
    }

    @Override
    public Stock stock() {
        State now = state.get();
        return new Stock(
                now.pullRequests.values().filter(MemoryFigures::isOpen).count(),
                now.changeSets
                        .values()
                        .filter(set -> set.state().kind() == ChangeSetState.Kind.READY)
                        .count());
    }

    private static boolean isOpen(PullRequest row) {
        return !row.items().isEmpty()
                && switch (row.status()) {
                    case OPEN, REVIEW_REQUESTED, CHANGES_REQUESTED, APPROVED -> true;
                    default -> false;
                };
    }

    private static Tally tally(List<Fact> facts) {
        return new Tally(
                facts.size(),
                facts.stream().map(Fact::took).reduce(Duration.ZERO, Duration::plus),
                facts.stream().collect(Collectors.groupingBy(Fact::took, TreeMap::new, Collectors.counting())));
    }

    @Override
    public Page<Fact> list(FactKind kind, Window window, Optional<EnvironmentName> environment, PageRequest page) {
        List<Fact> newestFirst = facts(environment)
                .filter(fact -> fact.kind() == kind && window.contains(fact.at()))
                .sorted(OLDEST_FIRST.reversed())
                .toList();
        Stream<Fact> rest = page.after()
                .map(cursor -> newestFirst.stream()
                        .dropWhile(fact -> !cursor(fact).equals(cursor))
                        .skip(1))
                .orElseGet(newestFirst::stream);
        return MemoryTables.firstOf(rest, page.size(), MemoryFigures::cursor);
    }

    private static String cursor(Fact fact) {
        return key(fact);
    }

    @Override
    public List<Fact> hotfixed(Window window, Duration within, Optional<EnvironmentName> environment) {
        List<Fact> production = facts(environment)
                .filter(fact -> fact.kind() == FactKind.PRODUCTION)
                .sorted(OLDEST_FIRST)
                .toList();
        State now = state.get();
        return facts(environment)
                .filter(fact -> fact.kind() == FactKind.HOTFIX)
                .sorted(OLDEST_FIRST)
                .flatMap(hotfix -> before(production, hotfix)
                        .map(fact -> new Fact(
                                FactKind.RECOVERED,
                                fact.subject(),
                                "",
                                fact.environment(),
                                fact.at(),
                                Duration.between(fact.at(), hotfix.at())))
                        .stream())
                .filter(fact -> window.contains(fact.at()) && fact.took().compareTo(within) <= 0)
                .filter(fact -> !now.facts.has(key(fact)))
                .toList();
    }

    private static Optional<Fact> before(List<Fact> production, Fact hotfix) {
        return production.stream()
                .filter(fact -> fact.environment().equals(hotfix.environment()))
                .filter(fact -> fact.at().isBefore(hotfix.at()))
                .reduce((earlier, later) -> later);
    }

    @Override
    public List<Fact> of(String subject) {
        return state.get()
                .facts
                .values()
                .filter(fact -> fact.subject().equals(subject))
                .toList();
    }
}
