package io.github.releasepipeline;

import io.github.releasepipeline.store.PageRequest;

/**
 * Which page of each table a view shows; the next ones begin at the {@code next} of the tables' pages.
 *
 * @param pullRequests of stage 1
 * @param changeSets of stage 2
 * @param versions of stage 3
 * @param releases of stage 4
 */
public record ViewPages(PageRequest pullRequests, PageRequest changeSets, PageRequest versions, PageRequest releases) {
    /** The first page of each table. */
    public static ViewPages first(int rows) {
        PageRequest first = PageRequest.first(rows);
        return new ViewPages(first, first, first, first);
    }
}
