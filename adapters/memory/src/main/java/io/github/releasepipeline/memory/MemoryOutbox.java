package io.github.releasepipeline.memory;

import io.github.releasepipeline.store.BuriedLetter;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Outbox;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The letters of a state; a letter that a relay has taken is one that is due later. */
final class MemoryOutbox implements Outbox {
    private final MemoryPipelineStore store;

    MemoryOutbox(MemoryPipelineStore store) {
        this.store = store;
    }

    @Override
    public Set<String> sinks() {
        return store.committed()
                .waiting
                .values()
                .map(waiting -> waiting.letter().sink())
                .collect(Collectors.toSet());
    }

    @Override
    public List<Letter> take(String sink, Instant now, Instant until, int max) {
        return store.write(state -> {
            List<State.Waiting> taken = due(state, now)
                    .filter(waiting -> waiting.letter().sink().equals(sink))
                    .limit(max)
                    .toList();
            taken.forEach(waiting -> put(state, new State.Waiting(waiting.number(), waiting.letter(), until)));
            return taken.stream().map(State.Waiting::letter).toList();
        });
    }

    private static Stream<State.Waiting> due(State state, Instant now) {
        Set<Lane> lanes = new HashSet<>();
        return state.waiting
                .values()
                .filter(waiting -> lanes.add(Lane.of(waiting.letter())))
                .filter(waiting -> !waiting.due().isAfter(now));
    }

    @Override
    public void delivered(Letter letter) {
        store.write(state -> {
            Optional<State.Waiting> found = find(state, letter);
            found.ifPresent(waiting -> state.waiting = state.waiting.without(waiting.number()));
            return found;
        });
    }

    /** What was said is not kept: nothing shows it before the letter is buried. */
    @Override
    public void postpone(Letter letter, Instant until, String error) {
        store.write(state -> {
            Optional<State.Waiting> found = find(state, letter);
            found.ifPresent(waiting -> put(state, new State.Waiting(waiting.number(), triedAgain(waiting), until)));
            return found;
        });
    }

    @Override
    public void release(Letter letter, Instant until) {
        store.write(state -> {
            Optional<State.Waiting> found = find(state, letter);
            found.ifPresent(waiting -> put(state, new State.Waiting(waiting.number(), waiting.letter(), until)));
            return found;
        });
    }

    @Override
    public void bury(Letter letter, String error) {
        store.write(state -> {
            Optional<State.Waiting> found = find(state, letter);
            found.ifPresent(waiting -> {
                state.waiting = state.waiting.without(waiting.number());
                state.burials++;
                State.Waiting tried = new State.Waiting(waiting.number(), triedAgain(waiting), waiting.due());
                state.buried = state.buried.with(-state.burials, new State.Buried(state.burials, tried, error));
            });
            return found;
        });
    }

    @Override
    public Page<BuriedLetter> buried(PageRequest page) {
        Sorted<Long, State.Buried> all = store.committed().buried;
        Stream<State.Buried> rest = page.after()
                .map(cursor -> all.after(Cursors.number("buried", cursor)))
                .orElseGet(all::values);
        Page<State.Buried> found =
                MemoryTables.firstOf(rest, page.size(), last -> Cursors.of("buried", -last.number()));
        return new Page<>(
                found.rows().stream()
                        .map(buried -> new BuriedLetter(buried.waiting().letter(), buried.error()))
                        .toList(),
                found.next());
    }

    @Override
    public void resend(Letter letter) {
        store.write(state -> {
            Optional<State.Buried> found = state.buried
                    .values()
                    .filter(buried -> buried.waiting().letter().key().equals(letter.key()))
                    .findFirst();
            found.ifPresent(buried -> {
                Letter unburied = buried.waiting().letter();
                state.buried = state.buried.without(-buried.number());
                put(
                        state,
                        new State.Waiting(
                                buried.waiting().number(),
                                new Letter(unburied.sink(), unburied.record(), 0),
                                Instant.MIN));
            });
            return found;
        });
    }

    private static void put(State state, State.Waiting waiting) {
        state.waiting = state.waiting.with(waiting.number(), waiting);
    }

    private static Letter triedAgain(State.Waiting waiting) {
        Letter letter = waiting.letter();
        return new Letter(letter.sink(), letter.record(), letter.tries() + 1);
    }

    private static Optional<State.Waiting> find(State state, Letter letter) {
        return state.waiting
                .values()
                .filter(waiting -> waiting.letter().key().equals(letter.key()))
                .findFirst();
    }

    /** Letters of one lane are delivered one after the other. */
    private record Lane(String sink, String subject) {
        static Lane of(Letter letter) {
            return new Lane(letter.sink(), letter.record().subject());
        }
    }
}
