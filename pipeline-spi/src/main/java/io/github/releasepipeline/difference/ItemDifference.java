package io.github.releasepipeline.difference;

import io.github.releasepipeline.item.ChangedItem;
import java.util.Optional;

/**
 * How one item differs between two commits, in all ways that could be told.
 *
 * @param item which, and what happened to it
 * @param bytesBefore size of the older state; absent when the item is new
 * @param bytesAfter size of the newer state; absent when the item is gone
 * @param structure by values
 * @param text by lines
 */
public record ItemDifference(
        ChangedItem item,
        Optional<Long> bytesBefore,
        Optional<Long> bytesAfter,
        StructuralDifference structure,
        TextDifference text) {}
