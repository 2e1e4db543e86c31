package io.github.releasepipeline.json;

/** Where something stands in a text, both from 1. */
record Position(int line, int column) {
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
