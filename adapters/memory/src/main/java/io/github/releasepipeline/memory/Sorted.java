package io.github.releasepipeline.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map: a changed copy costs O(log n) and shares the rest, so a transaction can work on its own copy of
 * everything and be forgotten at no cost. An AVL tree.
 */
final class Sorted<K extends Comparable<? super K>, V> {
    private final @Nullable Node<K, V> root;

    private Sorted(@Nullable Node<K, V> root) {
        this.root = root;
    }

    static <K extends Comparable<? super K>, V> Sorted<K, V> empty() {
        return new Sorted<>(null);
    }

    Optional<V> get(K key) {
        Node<K, V> node = root;
        while (node != null) {
            int order = key.compareTo(node.key);
            if (order == 0) {
                return Optional.of(node.value);
            }
            node = order < 0 ? node.left : node.right;
        }
        return Optional.empty();
    }

    /** How many steps a search takes at most. */
    int height() {
        return height(root);
    }

    boolean has(K key) {
        return get(key).isPresent();
    }

    /** The same map with one entry more, or another value. */
    Sorted<K, V> with(K key, V value) {
        return new Sorted<>(put(root, key, value));
    }

    /** The same map without a key, if it was there. */
    Sorted<K, V> without(K key) {
        return has(key) ? new Sorted<>(remove(root, key)) : this;
    }

    /** All keys in order; read lazily. */
    Stream<K> keys() {
        return stream(new Walk<>(root, null)).map(node -> node.key);
    }

    /** All entries in the order of their keys; read lazily. */
    Stream<Map.Entry<K, V>> entries() {
        return stream(new Walk<>(root, null)).map(node -> Map.entry(node.key, node.value));
    }

    /** All values in the order of their keys; read lazily. */
    Stream<V> values() {
        return stream(new Walk<>(root, null)).map(node -> node.value);
    }

    /** The values of all keys greater than this one, in order; read lazily. */
    Stream<V> after(K key) {
        return stream(new Walk<>(root, key)).map(node -> node.value);
    }

    /** The value of the greatest key less than this one. */
    Optional<V> before(K key) {
        Node<K, V> node = root;
        Optional<V> best = Optional.empty();
        while (node != null) {
            boolean less = node.key.compareTo(key) < 0;
            best = less ? Optional.of(node.value) : best;
            node = less ? node.right : node.left;
        }
        return best;
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    private static <K extends Comparable<? super K>, V> Node<K, V> put(@Nullable Node<K, V> node, K key, V value) {
        if (node == null) {
            return new Node<>(key, value, null, null);
        }
        int order = key.compareTo(node.key);
        if (order < 0) {
            return balanced(node, put(node.left, key, value), node.right);
        }
        if (order > 0) {
            return balanced(node, node.left, put(node.right, key, value));
        }
        return new Node<>(key, value, node.left, node.right);
    }

    private static <K extends Comparable<? super K>, V> @Nullable Node<K, V> remove(@Nullable Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        int order = key.compareTo(node.key);
        if (order < 0) {
            return balanced(node, remove(node.left, key), node.right);
        }
        if (order > 0) {
            return balanced(node, node.left, remove(node.right, key));
        }
        if (node.right == null) {
            return node.left;
        }
        Node<K, V> successor = node.right;
        while (successor.left != null) {
            successor = successor.left;
        }
        return balanced(successor, node.left, remove(node.right, successor.key));
    }

    /** The entry of a node over two subtrees whose heights differ by two at most. */
    private static <K, V> Node<K, V> balanced(Node<K, V> entry, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        if (left != null && height(left) > height(right) + 1) {
            if (left.right != null && height(left.right) > height(left.left)) {
                Node<K, V> middle = left.right;
                return middle.over(left.over(left.left, middle.left), entry.over(middle.right, right));
            }
            return left.over(left.left, entry.over(left.right, right));
        }
        if (right != null && height(right) > height(left) + 1) {
            if (right.left != null && height(right.left) > height(right.right)) {
                Node<K, V> middle = right.left;
                return middle.over(entry.over(left, middle.left), right.over(middle.right, right.right));
            }
            return right.over(entry.over(left, right.left), right.right);
        }
        return entry.over(left, right);
    }

    private static int height(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.height;
    }

    private static final class Node<K, V> {
        final K key;
        final V value;
        final @Nullable Node<K, V> left;
        final @Nullable Node<K, V> right;
        final int height;

        Node(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
            this.key = key;
            this.value = value;
            this.left = left;
            this.right = right;
            this.height = 1 + Math.max(Sorted.height(left), Sorted.height(right));
        }

        /** This entry over other subtrees. */
        Node<K, V> over(@Nullable Node<K, V> newLeft, @Nullable Node<K, V> newRight) {
            return new Node<>(key, value, newLeft, newRight);
        }
    }

    /** Walks in order; holds the nodes that are still to come and whose left side is done. */
    private static final class Walk<K extends Comparable<? super K>, V> implements Iterator<Node<K, V>> {
        private final Deque<Node<K, V>> pending = new ArrayDeque<>();

        Walk(@Nullable Node<K, V> root, @Nullable K after) {
            Node<K, V> node = root;
            while (node != null) {
                if (after == null || after.compareTo(node.key) < 0) {
                    pending.push(node);
                    node = node.left;
                } else {
                    node = node.right;
                }
            }
        }

        @Override
        public boolean hasNext() {
            return !pending.isEmpty();
        }

        @Override
        public Node<K, V> next() {
            if (pending.isEmpty()) {
                throw new NoSuchElementException();
            }
            Node<K, V> result = pending.pop();
            for (Node<K, V> node = result.right; node != null; node = node.left) {
                pending.push(node);
            }
            return result;
        }
    }
}
