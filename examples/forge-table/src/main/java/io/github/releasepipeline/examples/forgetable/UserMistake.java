package io.github.releasepipeline.examples.forgetable;

/** Something that the user can put right: told in one line, exit code 2. */
final class UserMistake extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserMistake(String message) {
        super(message);
    }
}
