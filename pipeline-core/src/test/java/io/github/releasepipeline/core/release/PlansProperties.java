package io.github.releasepipeline.core.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.machine.Samples;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.release.ItemOperation;
import io.github.releasepipeline.release.Plan;
import io.github.releasepipeline.version.VersionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PlansProperties {
    @Property
    void carrying_out_the_operations_makes_of_what_is_there_what_is_wanted(
            @ForAll("manifests") Manifest wanted, @ForAll("manifests") Manifest observed) {
        // given
        Map<String, Item> there = observed.byPath();
        // when
        for (ItemOperation operation : Plans.operations(wanted, observed)) {
            String path = operation.id().path();
            switch (operation.type()) {
                case CREATE -> assertThat(there.put(path, item(operation))).isNull();
                case UPDATE ->
                    assertThat(there.put(path, item(operation))).isNotNull().isNotEqualTo(item(operation));
                case DELETE -> assertThat(there.remove(path)).isNotNull();
            }
        }
        // then
        assertThat(new Manifest(List.copyOf(there.values()))).isEqualTo(wanted);
    }

    @Property
    void what_is_as_wanted_is_left_alone_and_the_rest_is_told_in_canonical_order(
            @ForAll("manifests") Manifest wanted, @ForAll("manifests") Manifest observed) {
        assertThat(Plans.operations(wanted, wanted)).isEmpty();
        List<Item> touched = Plans.operations(wanted, observed).stream()
                .map(operation -> new Item(operation.id(), Digest.of("")))
                .toList();
        assertThat(new Manifest(touched).items()).isEqualTo(touched);
    }

    @Example
    void a_plan_holds_all_that_is_decided_on() {
        Manifest wanted = new Manifest(List.of(Samples.item("a", "1")));
        Optional<VersionId> back = Optional.of(new VersionId("v0"));
        assertThat(Plans.plan(
                        Samples.published(), wanted, Manifest.empty(), Samples.policy(ApprovalRule.anyone(1)), back))
                .isEqualTo(new Plan(
                        Samples.VERSION,
                        Samples.MANIFEST,
                        Manifest.empty().digest(),
                        List.of(new ItemOperation(
                                ItemOperation.Type.CREATE, new ItemId("workflow", "a"), Optional.of(Digest.of("1")))),
                        List.of(),
                        List.of(ApprovalRule.anyone(1)),
                        back));
    }

    private static Item item(ItemOperation operation) {
        return new Item(operation.id(), operation.digest().orElseThrow());
    }

    @Provide
    Arbitrary<Manifest> manifests() {
        return Combinators.combine(
                        Arbitraries.of("workflow", "agent"),
                        Arbitraries.of("a", "b", "c/d", "ä", "\ue000", "\ud83d\ude00"),
                        Arbitraries.of("1", "2"))
                .as((kind, path, content) -> new Item(new ItemId(kind, path), Digest.of(content)))
                .list()
                .uniqueElements(item -> item.id().path())
                .ofMaxSize(6)
                .map(Manifest::new);
    }
}
