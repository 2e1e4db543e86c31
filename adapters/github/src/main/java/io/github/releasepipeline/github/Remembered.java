package io.github.releasepipeline.github;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Facts that never change, such as the files of a commit; the least used are forgotten. */
final class Remembered<K, V> {
    private static final int CAPACITY = 2_000;

    private final Map<K, V> facts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > CAPACITY;
        }
    };

    synchronized Optional<V> find(K key) {
        return Optional.ofNullable(facts.get(key));
    }

    synchronized V put(K key, V fact) {
        facts.put(key, fact);
        return fact;
    }
}
