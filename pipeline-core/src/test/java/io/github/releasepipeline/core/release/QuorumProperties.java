package io.github.releasepipeline.core.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.machine.Samples;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.release.Approval;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class QuorumProperties {
    private static final List<String> GROUPS = List.of("sre", "security", "product");

    @Property
    void as_many_places_are_filled_as_the_best_assignment_fills(
            @ForAll("rules") List<ApprovalRule> rules, @ForAll("voters") List<Set<String>> voters) {
        // given
        List<ApprovalRule> places = new ArrayList<>();
        rules.forEach(rule -> {
            for (int i = 0; i < rule.count(); i++) {
                places.add(rule);
            }
        });
        // when
        List<ApprovalRule> lacking = Quorum.lacking(rules, votes(voters));
        // then
        int missing = lacking.stream().mapToInt(ApprovalRule::count).sum();
        assertThat(places.size() - missing).isEqualTo(best(places, voters, 0, 0));
    }

    @Property
    void what_is_lacking_is_part_of_what_was_demanded_in_its_order(
            @ForAll("rules") List<ApprovalRule> rules, @ForAll("voters") List<Set<String>> voters) {
        List<ApprovalRule> lacking = Quorum.lacking(rules, votes(voters));
        int from = 0;
        for (ApprovalRule rule : lacking) {
            while (!(rules.get(from).group().equals(rule.group())
                    && rules.get(from).count() >= rule.count())) {
                from++;
            }
            from++;
        }
        assertThat(from).isLessThanOrEqualTo(rules.size());
    }

    @Property
    void one_vote_more_never_makes_more_lacking(
            @ForAll("rules") List<ApprovalRule> rules, @ForAll("voters") List<Set<String>> voters) {
        int before = 0;
        for (int count = voters.size(); count >= 0; count--) {
            int missing = Quorum.lacking(rules, votes(voters.subList(0, count))).stream()
                    .mapToInt(ApprovalRule::count)
                    .sum();
            assertThat(missing).isGreaterThanOrEqualTo(before);
            before = missing;
        }
    }

    @Example
    void an_approver_is_never_used_up_by_the_wrong_rule() {
        // given: Bob could stand for anyone, but is the only one of the group
        List<ApprovalRule> rules = List.of(ApprovalRule.anyone(1), ApprovalRule.group("sre", 1));
        // then
        assertThat(Quorum.lacking(rules, votes(List.of(Set.of("sre"), Set.of()))))
                .isEmpty();
        assertThat(Quorum.lacking(rules, votes(List.of(Set.of("sre"))))).hasSize(1);
        assertThat(Quorum.lacking(rules, votes(List.of(Set.of(), Set.of()))))
                .containsExactly(ApprovalRule.group("sre", 1));
        assertThat(Quorum.lacking(List.of(ApprovalRule.anyone(3)), votes(List.of(Set.of()))))
                .containsExactly(ApprovalRule.anyone(2));
        assertThat(Quorum.lacking(List.of(), List.of())).isEmpty();
    }

    @Example
    void a_voter_counts_for_a_rule_of_anyone_or_of_their_group() {
        assertThat(Quorum.counts(ApprovalRule.anyone(1), Set.of())).isTrue();
        assertThat(Quorum.counts(ApprovalRule.group("sre", 1), Set.of("sre", "x")))
                .isTrue();
        assertThat(Quorum.counts(ApprovalRule.group("sre", 1), Set.of("x"))).isFalse();
    }

    /** Tries every assignment; which places are taken is a set of bits. */
    private static int best(List<ApprovalRule> places, List<Set<String>> voters, int voter, int taken) {
        if (voter == voters.size()) {
            return 0;
        }
        int best = best(places, voters, voter + 1, taken);
        for (int place = 0; place < places.size(); place++) {
            boolean free = (taken & (1 << place)) == 0;
            ApprovalRule rule = places.get(place);
            if (free
                    && (rule.group().isEmpty()
                            || voters.get(voter).contains(rule.group().get()))) {
                best = Math.max(best, 1 + best(places, voters, voter + 1, taken | (1 << place)));
            }
        }
        return best;
    }

    private static List<Approval> votes(List<Set<String>> voters) {
        List<Approval> votes = new ArrayList<>();
        for (Set<String> groups : voters) {
            Actor voter = Actor.user("voter" + votes.size());
            votes.add(new Approval(voter, groups, "", Samples.NOON, Samples.MANIFEST));
        }
        return votes;
    }

    @Provide
    Arbitrary<List<ApprovalRule>> rules() {
        return Combinators.combine(
                        Arbitraries.of(GROUPS).optional(0.7),
                        Arbitraries.integers().between(1, 2))
                .as(ApprovalRule::new)
                .list()
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<Set<String>>> voters() {
        return Arbitraries.of(GROUPS).set().ofMaxSize(3).list().ofMaxSize(5);
    }
}
