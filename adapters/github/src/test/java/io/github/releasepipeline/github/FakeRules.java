package io.github.releasepipeline.github;

import java.util.ArrayList;
import java.util.List;

/** What the fake's main branch requires, and what its owner forbids. */
final class FakeRules {
    int approvals;
    final List<String> checks = new ArrayList<>();
    boolean graphQlForbidden;
    boolean checksForbidden;
    boolean actionsForbidden;
    boolean statusesForbidden;
    boolean mergeQueue;
    final List<String> forbiddenMethods = new ArrayList<>();
}
