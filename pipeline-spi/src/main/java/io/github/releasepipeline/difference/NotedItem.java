package io.github.releasepipeline.difference;

import io.github.releasepipeline.item.ChangedItem;

/**
 * An item that a pull request changes, as its page lists it.
 *
 * @param item which, and what happened to it
 * @param note the same in a few words: {@code New workflow}, {@code Modified (added validation node)}, {@code Updated
 *     prompt}; one line, not escaped
 */
public record NotedItem(ChangedItem item, String note) {}
