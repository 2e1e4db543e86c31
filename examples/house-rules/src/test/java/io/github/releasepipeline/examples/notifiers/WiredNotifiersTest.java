package io.github.releasepipeline.examples.notifiers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.notify.Notifier;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WiredNotifiersTest {
    private static final String OLD = "whsec_b2xkLW9sZC1vbGQtb2xkLW9sZC1vbGQtb2xk";
    private static final String NEW = "whsec_bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3";

    @Test
    void the_wiring_of_the_documents_works() {
        assertThat(WiredNotifiers.of("xoxb-1", "secret", OLD, NEW))
                .extracting(Notifier::name)
                .containsExactly("slack", "email", "webhook");
    }

    @Test
    void a_message_that_nobody_signed_is_refused() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(WiredNotifiers.receive(WiredNotifiers.verifier(OLD, NEW), Map.of(), body))
                .isEqualTo(400);
    }
}
