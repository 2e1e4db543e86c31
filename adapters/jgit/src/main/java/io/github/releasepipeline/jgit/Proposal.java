package io.github.releasepipeline.jgit;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the message of a commit on the default branch says about the pull request that it merged.
 *
 * @param number named in the message
 * @param branch named in the message
 * @param title named in the message
 */
record Proposal(Optional<Long> number, Optional<String> branch, Optional<String> title) {
    private static final String N = "([1-9]\\d{0,14})";
    private static final Pattern GITEA = Pattern.compile("Merge pull request '(.*)' \\(#" + N + "\\) from .*");
    private static final Pattern GITHUB = Pattern.compile("Merge pull request #" + N + "(?!\\d).*");
    private static final Pattern BITBUCKET = Pattern.compile("Merged in (\\S+) \\(pull request #" + N + "\\).*");
    private static final Pattern AZURE = Pattern.compile("Merged PR " + N + ": ?(.*)");
    private static final Pattern AT_END = Pattern.compile("(.*?)\\s*\\([#!]" + N + "\\)");
    private static final Pattern GITLAB = Pattern.compile("(?m)^See merge request \\S{0,300}!" + N + "\\s*$");
    private static final Pattern BRANCH = Pattern.compile("Merge branch '([^']+)'.*");
    private static final Pattern REMOTE_BRANCH = Pattern.compile("Merge remote-tracking branch '[^'/]+/([^']+)'.*");
    private static final List<String> NO_TITLE = List.of("See merge request ", "Conflicts:", "# ", "* ");

    /** A commit with several parents: a pull request even if it names no number. */
    static Proposal ofMergeCommit(Message message) {
        Optional<String> bodyTitle =
                message.firstBodyLine().filter(line -> NO_TITLE.stream().noneMatch(line::startsWith));
        Proposal named = named(message);
        Optional<String> branch = named.branch
                .or(() -> match(BRANCH, message.subject()).map(m -> m.group(1)))
                .or(() -> match(REMOTE_BRANCH, message.subject()).map(m -> m.group(1)));
        return new Proposal(
                named.number.or(() -> branch.flatMap(Numbers::inBranch)), branch, named.title.or(() -> bodyTitle));
    }

    /** A commit with one parent: a pull request if it names a number. */
    static Optional<Proposal> ofSingleCommit(Message message) {
        Proposal named = named(message);
        return named.number.map(number ->
                new Proposal(named.number, named.branch, named.title.or(() -> Optional.of(message.subject()))));
    }

    /** Whether the subject ends with the number, as squashed commits do and rebased ones do not. */
    static boolean numberedSubject(Message message) {
        return inSubject(message.subject()).number.isPresent();
    }

    private static Proposal named(Message message) {
        Proposal inSubject = inSubject(message.subject());
        return new Proposal(
                Numbers.inTrailer(message)
                        .or(() -> inSubject.number)
                        .or(() -> Optional.of(GITLAB.matcher(message.body()))
                                .filter(Matcher::find)
                                .map(m -> Long.valueOf(m.group(1)))),
                inSubject.branch,
                inSubject.title);
    }

    private static Proposal inSubject(String subject) {
        return match(GITEA, subject)
                .map(m -> new Proposal(number(m, 2), Optional.empty(), Optional.of(m.group(1))))
                .or(() -> match(AT_END, subject)
                        .map(m -> new Proposal(number(m, 2), Optional.empty(), Optional.of(m.group(1)))))
                .or(() ->
                        match(GITHUB, subject).map(m -> new Proposal(number(m, 1), Optional.empty(), Optional.empty())))
                .or(() -> match(BITBUCKET, subject)
                        .map(m -> new Proposal(number(m, 2), Optional.of(m.group(1)), Optional.empty())))
                .or(() -> match(AZURE, subject)
                        .map(m -> new Proposal(number(m, 1), Optional.empty(), Optional.of(m.group(2)))))
                .orElse(new Proposal(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static Optional<Long> number(Matcher matcher, int group) {
        return Optional.of(Long.valueOf(matcher.group(group)));
    }

    private static Optional<Matcher> match(Pattern pattern, String text) {
        return Optional.of(pattern.matcher(text)).filter(Matcher::matches);
    }
}
