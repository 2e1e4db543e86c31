package io.github.releasepipeline.github;

/**
 * An order to publish a release.
 *
 * @param tag the tag it is about; it must be there, since GitHub would make a lightweight one at any commit
 * @param title one line
 * @param notes Markdown
 * @param preRelease whether it is shown as not ready for production
 */
public record ReleaseOrder(String tag, String title, String notes, boolean preRelease) {}
