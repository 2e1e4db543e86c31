package io.github.releasepipeline.examples.house.violations;

import io.github.releasepipeline.jgit.GitRepository;

/** An adapter that uses another one. */
public final class SeesAnotherAdapter {
    String name(GitRepository repository) {
        return repository.toString();
    }
}
