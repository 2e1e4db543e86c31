package io.github.releasepipeline.gitea;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The rules of base branches, each read once in one call. Thread-safe. */
final class Protections {
    private final PullApi api;
    private final Map<String, Protection> known = new ConcurrentHashMap<>();

    Protections(PullApi api) {
        this.api = api;
    }

    Protection of(String branch) {
        return branch.isBlank() ? Protection.UNKNOWN : known.computeIfAbsent(branch, api::protection);
    }
}
