package io.github.releasepipeline.gitea;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The last few answers to questions whose answer does not change. Thread-safe; nobody waits for another's question. */
final class Recent<K, V> {
    private final Map<K, V> answers;

    Recent(int most) {
        this.answers = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * The remembered answer, or a new one.
     *
     * @param question empty for one whose answer must not be remembered
     */
    V get(Optional<K> question, Supplier<V> ask) {
        Optional<V> known = question.flatMap(this::find);
        if (known.isPresent()) {
            return known.get();
        }
        V answer = ask.get();
        question.ifPresent(key -> keep(key, answer));
        return answer;
    }

    private synchronized Optional<V> find(K question) {
        return Optional.ofNullable(answers.get(question));
    }

    synchronized void keep(K question, V answer) {
        answers.put(question, answer);
    }

    synchronized void forget(K question) {
        answers.remove(question);
    }

    /** The questions with this answer. */
    synchronized Set<K> questions(V answer) {
        return answers.entrySet().stream()
                .filter(entry -> entry.getValue().equals(answer))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
