package io.github.releasepipeline.jdbc;

import static io.github.releasepipeline.jdbc.Nodes.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.ChangeSets;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.changeset.ChangeSetState.Kind;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.Stowaways;
import io.github.releasepipeline.source.PullRequestId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What holds of memberships, whatever people, rules and nodes do at the same moment; on a real PostgreSQL. */
class MembershipTest {
    private static final int THREADS = 6;
    private static final int COMMANDS = Integer.getInteger("membership.commands", 40);
    private static final int PULL_REQUESTS = 12;

    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void a_pull_request_is_in_one_set_at_most_whatever_is_commanded_at_the_same_moment() throws Exception {
        try (Nodes nodes = new Nodes(JdbcPipelineStore.on(PostgresServer.pool(PostgresServer.newDatabase())))) {
            // given
            List<Pipeline> both = List.of(node(nodes), node(nodes));
            both.get(0).as(ALICE).pullRequests().synchronize();
            for (int number = 1; number <= PULL_REQUESTS; number++) {
                nodes.open(number % 3 == 0 ? "invoices" : "other");
            }
            both.get(0).as(ALICE).pullRequests().synchronize();
            // when
            List<Callable<Boolean>> people = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                ActingPipeline acting = both.get(thread % 2).as(Actor.user("person-" + thread));
                Random random = new Random(thread);
                people.add(() -> {
                    for (int i = 0; i < COMMANDS; i++) {
                        command(nodes, acting, random);
                        membershipHolds(nodes);
                    }
                    return true;
                });
            }
            Nodes.atOnce(people);
            // then
            membershipHolds(nodes);
            frozenHolds(nodes);
            assertThat(both.get(0).as(ALICE).audit().verify().problems()).isEmpty();
            assertThat(accepted.get()).isGreaterThan(THREADS * COMMANDS / 10);
            assertThat(refused.get()).isPositive();
        }
    }

    private static Pipeline node(Nodes nodes) {
        return nodes.start(wiring -> wiring.stowaways(Stowaways.WARN)
                .autoChangeSetRules(AutoChangeSetRule.grouping("invoices", "Invoices")));
    }

    private void command(Nodes nodes, ActingPipeline acting, Random random) {
        try {
            any(nodes, acting, random);
            accepted.incrementAndGet();
        } catch (RefusedException e) {
            refused.incrementAndGet();
        }
    }

    private static void any(Nodes nodes, ActingPipeline acting, Random random) {
        ChangeSets sets = acting.changeSets();
        long one = 1 + random.nextInt(PULL_REQUESTS);
        long other = 1 + random.nextInt(PULL_REQUESTS);
        Optional<ChangeSet> some = some(nodes, random);
        switch (random.nextInt(8)) {
            case 0 -> acting.pullRequests().merge(one);
            case 1 -> acting.pullRequests().synchronize();
            case 2, 3 -> sets.create("Set of " + one, set -> set.pullRequests(one, other));
            case 4 ->
                some.ifPresent(set ->
                        sets.edit(set.id(), editor -> editor.pullRequests(one).without(other)));
            case 5 -> some.ifPresent(set -> sets.propose(set.id()));
            case 6 -> some.ifPresent(set -> sets.abandon(set.id(), "for others"));
            default -> some.ifPresent(set -> acting.versions().publish(set.id()));
        }
    }

    private static Optional<ChangeSet> some(Nodes nodes, Random random) {
        List<ChangeSet> sets = nodes.sets();
        return sets.isEmpty() ? Optional.empty() : Optional.of(sets.get(random.nextInt(sets.size())));
    }

    /** The table is read in one statement, so it is of one moment. */
    private static void membershipHolds(Nodes nodes) {
        Map<Long, ChangeSet> owners = new HashMap<>();
        for (ChangeSet set : nodes.sets()) {
            if (set.state().kind() == Kind.ABANDONED) {
                continue;
            }
            for (long number : set.pullRequests()) {
                assertThat(owners.put(number, set))
                        .as("#" + number + " in " + set)
                        .isNull();
            }
            if (set.state().kind() == Kind.READY || set.state().kind() == Kind.VERSIONED) {
                assertThat(set.pullRequests())
                        .allSatisfy(number -> assertThat(nodes.store
                                        .reader()
                                        .find(new PullRequestId("acme/flows", number))
                                        .orElseThrow()
                                        .snapshot()
                                        .merged())
                                .as("#" + number + " of " + set)
                                .isPresent());
            }
        }
    }

    private static void frozenHolds(Nodes nodes) {
        for (ChangeSet set : nodes.sets()) {
            boolean frozen = false;
            for (AuditRecord record : nodes.store.audit().of(set.id())) {
                assertThat(frozen && record.event() instanceof ChangeSetEvent.Edited)
                        .as("%s was edited while it was in a version", set)
                        .isFalse();
                frozen = record.event() instanceof ChangeSetEvent.Versioned
                        || (frozen && !(record.event() instanceof ChangeSetEvent.Unversioned));
            }
            if (set.state().kind() != Kind.ABANDONED) {
                assertThat(set.pullRequests())
                        .allSatisfy(number -> assertThat(
                                        nodes.store.reader().changeSetOf(new PullRequestId("acme/flows", number)))
                                .contains(set.id()));
            }
        }
    }
}
