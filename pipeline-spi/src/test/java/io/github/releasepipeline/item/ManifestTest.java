package io.github.releasepipeline.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final Digest EMPTY = new Digest("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    private static final Digest ABC = new Digest("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    private static Item item(String path, Digest digest) {
        return new Item(new ItemId("workflow", path), digest);
    }

    @Test
    void a_digest_is_sha_256() {
        assertThat(Digest.of("")).isEqualTo(EMPTY);
        assertThat(Digest.of("abc")).isEqualTo(ABC);
        assertThat(Digest.of("ä")).isEqualTo(Digest.of(Digest.sha256().digest(new byte[] {(byte) 0xc3, (byte) 0xa4})));
        assertThat(ABC).hasToString("sha256:" + ABC.hex());
    }

    @Test
    void a_digest_has_64_lower_case_hexadecimal_digits() {
        for (String bad : List.of(
                "",
                "a".repeat(63),
                "a".repeat(65),
                "A".repeat(64),
                "g".repeat(64),
                "/".repeat(64),
                ":".repeat(64),
                "`".repeat(64))) {
            assertThatThrownBy(() -> new Digest(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A SHA-256 digest has 64 lower-case hexadecimal digits, not '" + bad + "'");
        }
        assertThat(new Digest("0123456789abcdef".repeat(4)).hex()).startsWith("0123456789abcdef");
    }

    @Test
    void the_digest_of_a_manifest_is_that_of_its_lines() {
        // given: the digests were computed with sha256sum over the lines written by hand
        Manifest manifest = new Manifest(List.of(item("flows/b.json", ABC), item("flows/a.json", EMPTY)));
        // then
        assertThat(manifest.digest())
                .isEqualTo(Digest.of(
                        "workflow " + EMPTY.hex() + " flows/a.json\nworkflow " + ABC.hex() + " flows/b.json\n"))
                .isEqualTo(new Digest("92f0209ed80fd38e46716019f0f2f12871cf636e6095ec73fce7d5e0e5689fe7"));
        assertThat(Manifest.empty().digest()).isEqualTo(EMPTY);
        assertThat(new Manifest(List.of(item("a\\b\nc", ABC))).digest())
                .isEqualTo(Digest.of("workflow " + ABC.hex() + " a\\\\b\\nc\n"))
                .isEqualTo(new Digest("ad1f8ff2174d9f940a005598eeacb9004e6de1e62f1b163a6e4fffcefb0dee1a"));
    }

    @Test
    void a_path_with_a_line_feed_cannot_pass_for_two_items() {
        Manifest one = new Manifest(List.of(item("a\nworkflow " + EMPTY.hex() + " b", ABC)));
        Manifest two = new Manifest(List.of(item("a", ABC), item("b", EMPTY)));
        assertThat(one.digest()).isNotEqualTo(two.digest());
    }

    @Test
    void items_stand_in_the_order_of_the_unsigned_bytes_of_their_paths() {
        // given: U+E000 is greater than a surrogate as a char, and smaller in UTF-8
        Manifest manifest = new Manifest(List.of(
                item("\ud83d\ude00", ABC), item("\ue000", ABC), item("ä", ABC), item("z", ABC), item("B", ABC)));
        // then
        assertThat(manifest.items().stream().map(item -> item.id().path()))
                .containsExactly("B", "z", "ä", "\ue000", "\ud83d\ude00");
        assertThat(manifest.byPath().keySet()).containsExactly("B", "z", "ä", "\ue000", "\ud83d\ude00");
    }

    @Test
    void a_path_stands_once_whatever_its_kind() {
        List<Item> twice = List.of(item("a", ABC), item("b", ABC), new Item(new ItemId("agent", "a"), EMPTY));
        assertThatThrownBy(() -> new Manifest(twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Two items at the path 'a'");
    }

    @Test
    void a_manifest_counts_its_items_by_kind() {
        Manifest manifest =
                new Manifest(List.of(item("a", ABC), item("b", ABC), new Item(new ItemId("agent", "c"), EMPTY)));
        assertThat(manifest.counts().byKind()).isEqualTo(Map.of("agent", 1, "workflow", 2));
    }

    @Test
    void the_digest_depends_on_kind_path_and_bytes() {
        assertThat(List.of(
                        new Manifest(List.of(item("a", ABC))).digest(),
                        new Manifest(List.of(item("b", ABC))).digest(),
                        new Manifest(List.of(item("a", EMPTY))).digest(),
                        new Manifest(List.of(new Item(new ItemId("agent", "a"), ABC))).digest()))
                .doesNotHaveDuplicates();
    }
}
