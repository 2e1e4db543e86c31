package io.github.releasepipeline.http.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final String SECRET = "It's a Secret to Everybody";
    private static final byte[] BODY = "Hello, World!".getBytes(StandardCharsets.UTF_8);
    private static final String HEX = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    @Test
    void the_published_example_is_covered() {
        assertThat(new Signature(List.of(SECRET)).covers(BODY, HEX)).isTrue();
        assertThat(new Signature(List.of(SECRET)).covers(BODY, HEX.toUpperCase(Locale.ROOT)))
                .isTrue();
    }

    @Test
    void other_bytes_another_secret_or_another_signature_are_not_covered() {
        Signature signature = new Signature(List.of(SECRET));

        assertThat(signature.covers("Hello, World".getBytes(StandardCharsets.UTF_8), HEX))
                .isFalse();
        assertThat(new Signature(List.of("another")).covers(BODY, HEX)).isFalse();
        for (String wrong : List.of("", "no hex", HEX.substring(2), HEX + "00", "sha256=" + HEX, "0".repeat(64))) {
            assertThat(signature.covers(BODY, wrong)).as(wrong).isFalse();
        }
    }

    @Test
    void while_a_secret_is_replaced_both_are_good() {
        assertThat(new Signature(List.of("new", SECRET)).covers(BODY, HEX)).isTrue();
        assertThat(new Signature(List.of(SECRET, "new")).covers(BODY, HEX)).isTrue();
    }

    @Test
    void there_is_no_web_hook_without_a_secret() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Signature(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Signature(List.of(" ")));
        assertThat(new Signature(List.of(SECRET)).toString()).doesNotContain(SECRET);
    }
}
