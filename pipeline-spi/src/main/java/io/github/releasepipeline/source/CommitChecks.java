package io.github.releasepipeline.source;

/**
 * Ability of a {@link SourceControl} that knows the checks of any commit, not only of heads of pull requests. Called like the
 * port itself.
 */
public interface CommitChecks {
    /**
     * The checks that were reported for a commit; none for a commit that nobody has reported anything of. Checks that a
     * branch requires and nobody has reported are not among them.
     */
    CheckSummary checks(CommitId commit);
}
