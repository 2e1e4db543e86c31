package io.github.releasepipeline.examples.benchmarks;

/**
 * A row of the pull-request table, the same from both libraries.
 *
 * @param number its number
 * @param title its title
 * @param author who opened it
 * @param labels how many it has
 * @param approvals how many reviewers approved
 * @param passed checks that passed
 * @param checks checks in all
 * @param files changed files
 */
record Row(long number, String title, String author, int labels, int approvals, int passed, int checks, int files) {}
