package io.github.releasepipeline.memory;

/**
 * Place of one thing in a numbered row of things.
 *
 * @param owner whose row
 * @param number its place, from 1
 */
record Numbered(String owner, long number) implements Comparable<Numbered> {
    /** The place before the first. */
    static Numbered start(String owner) {
        return new Numbered(owner, 0);
    }

    @Override
    public int compareTo(Numbered other) {
        int byOwner = owner.compareTo(other.owner);
        return byOwner != 0 ? byOwner : Long.compare(number, other.number);
    }
}
