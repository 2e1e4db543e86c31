package io.github.releasepipeline.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.store.Page;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    @Test
    void a_record_has_the_keys_of_its_components_in_their_order_and_no_white_space() {
        assertThat(CanonicalJson.write(new ItemId("workflow", "flows/a b.json")))
                .isEqualTo("{\"kind\":\"workflow\",\"path\":\"flows/a b.json\"}");
    }

    @Test
    void an_absent_component_is_left_out_wherever_it_stands() {
        Stamp stamp = new Stamp(Actor.system(), Instant.parse("2026-03-01T09:00:00Z"), Optional.empty());
        assertThat(CanonicalJson.write(stamp))
                .isEqualTo(
                        "{\"actor\":{\"id\":\"release-pipeline\",\"kind\":\"SYSTEM\"},\"at\":\"2026-03-01T09:00:00Z\"}");
        assertThat(CanonicalJson.write(ApprovalRule.anyone(2))).isEqualTo("{\"count\":2}");
        assertThat(CanonicalJson.write(ApprovalRule.group("sre", 1))).isEqualTo("{\"group\":\"sre\",\"count\":1}");
    }

    @Test
    void a_record_of_a_sealed_family_carries_its_name_first() {
        assertThat(CanonicalJson.write(new ReleaseEvent.Readied())).isEqualTo("{\"kind\":\"readied\"}");
        assertThat(CanonicalJson.write(new ReleaseState.PendingApproval(Instant.EPOCH, Optional.of("why"))))
                .isEqualTo("{\"kind\":\"pending-approval\",\"since\":\"1970-01-01T00:00:00Z\",\"note\":\"why\"}");
        assertThat(CanonicalJson.hasKind(ReleaseState.Ready.class)).isTrue();
        assertThat(CanonicalJson.hasKind(ItemId.class)).isFalse();
        assertThat(CanonicalJson.hasKind(ReleaseId.class)).isFalse();
    }

    @Test
    void a_record_that_wraps_one_text_is_that_text() {
        assertThat(CanonicalJson.write(new ReleaseId("r1"))).isEqualTo("\"r1\"");
        assertThat(CanonicalJson.write(new ReleaseEvent.Superseded(new ReleaseId("r2"))))
                .isEqualTo("{\"kind\":\"superseded\",\"by\":\"r2\"}");
        assertThat(CanonicalJson.wrapsText(EnvironmentName.class)).isTrue();
        assertThat(CanonicalJson.wrapsText(PullRequestId.class)).isFalse();
        assertThat(CanonicalJson.wrapsText(ItemCounts.class)).isFalse();
        assertThat(CanonicalJson.wrapsText(String.class)).isFalse();
        assertThat(CanonicalJson.wrapsText(ReleaseEvent.UpstreamBypassed.class)).isFalse();
    }

    @Test
    void a_record_of_a_family_is_an_object_even_if_it_holds_one_text() {
        assertThat(CanonicalJson.wrapsText(io.github.releasepipeline.source.MergeOutcome.Queued.class))
                .isFalse();
        assertThat(CanonicalJson.write(new io.github.releasepipeline.source.MergeOutcome.Queued("3rd")))
                .isEqualTo("{\"kind\":\"queued\",\"detail\":\"3rd\"}");
    }

    @Test
    void times_durations_addresses_enums_numbers_and_truth_have_one_form_each() {
        assertThat(CanonicalJson.write(List.of(
                        Instant.parse("2026-03-01T09:00:00.123456Z"),
                        Duration.ofMillis(61_500),
                        URI.create("https://example.org/?a=b"),
                        Step.DEPLOY_ARTIFACTS,
                        7,
                        8_000_000_000L,
                        true,
                        false,
                        Optional.of("x"),
                        new StringBuilder("text"))))
                .isEqualTo("[\"2026-03-01T09:00:00.123456Z\",\"PT1M1.5S\",\"https://example.org/?a=b\","
                        + "\"DEPLOY_ARTIFACTS\",7,8000000000,true,false,\"x\",\"text\"]");
    }

    @Test
    void lists_keep_their_order_and_sets_without_one_are_sorted_by_their_text() {
        assertThat(CanonicalJson.write(List.of("b", "a"))).isEqualTo("[\"b\",\"a\"]");
        assertThat(CanonicalJson.write(List.of())).isEqualTo("[]");
        assertThat(CanonicalJson.write(new LinkedHashSet<>(List.of("b", "c", "a"))))
                .isEqualTo("[\"a\",\"b\",\"c\"]");
        assertThat(CanonicalJson.write(Set.of(10, 9))).isEqualTo("[10,9]");
        assertThat(CanonicalJson.write(new TreeSet<>(List.of(10, 9)))).isEqualTo("[9,10]");
    }

    @Test
    void keys_of_maps_are_sorted_texts() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put(Step.NOTIFY, 2);
        map.put(new ReleaseId("c"), 3);
        map.put("a\"", List.of());
        assertThat(CanonicalJson.write(map)).isEqualTo("{\"NOTIFY\":2,\"a\\\"\":[],\"b\":1,\"c\":3}");
        assertThat(CanonicalJson.write(Map.of())).isEqualTo("{}");
    }

    @Test
    void text_is_escaped_only_where_it_must_be() {
        assertThat(CanonicalJson.write("\"\\\n\r\t\b\u0000\u001f \u007f/äß€\u2028😀"))
                .isEqualTo("\"\\\"\\\\\\n\\r\\t\\u0008\\u0000\\u001f \u007f/äß€\u2028😀\"");
    }

    @Test
    void half_a_surrogate_pair_is_escaped_so_that_the_bytes_stay_distinct() {
        assertThat(CanonicalJson.write("\ud83d")).isEqualTo("\"\\ud83d\"");
        assertThat(CanonicalJson.write("\ude00")).isEqualTo("\"\\ude00\"");
        assertThat(CanonicalJson.write("\ud83dx")).isEqualTo("\"\\ud83dx\"");
        assertThat(CanonicalJson.write("x\ude00")).isEqualTo("\"x\\ude00\"");
        assertThat(CanonicalJson.write("\ud83d\ud83d\ude00")).isEqualTo("\"\\ud83d\ud83d\ude00\"");
        assertThat(CanonicalJson.write("\ude00\ud83d")).isEqualTo("\"\\ude00\\ud83d\"");
        assertThat(CanonicalJson.write("\ud83d\ude00\ude00")).isEqualTo("\"\ud83d\ude00\\ude00\"");
    }

    @Test
    void generic_records_are_written_too() {
        assertThat(CanonicalJson.write(new Page<>(List.of(new ReleaseId("r")), Optional.of("n"))))
                .isEqualTo("{\"rows\":[\"r\"],\"next\":\"n\"}");
        assertThat(CanonicalJson.write(new Digest("ab".repeat(32)))).isEqualTo("\"" + "ab".repeat(32) + "\"");
    }

    @Test
    void what_has_no_canonical_form_is_refused() {
        assertThatThrownBy(() -> CanonicalJson.write(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No canonical form for java.lang.Double");
        assertThatThrownBy(() -> CanonicalJson.write(List.of(Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty Optional");
    }

    @Test
    void the_name_of_a_kind_is_in_kebab_case() {
        assertThat(CanonicalJson.kind(ReleaseState.PendingApproval.class)).isEqualTo("pending-approval");
        assertThat(CanonicalJson.kind(ReleaseEvent.Failed.class)).isEqualTo("failed");
    }
}
