package io.github.releasepipeline.http.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HookHeadersTest {
    @Test
    void a_header_is_found_in_any_case() {
        assertThat(new HookHeaders(Map.of("x-EVENT", List.of("push"))).single("X-Event"))
                .contains("push");
    }

    @Test
    void a_header_that_is_missing_blank_or_there_twice_is_none() {
        assertThat(new HookHeaders(Map.of()).single("x-event")).isEmpty();
        assertThat(new HookHeaders(Map.of("x-event", List.of(" "))).single("x-event"))
                .isEmpty();
        assertThat(new HookHeaders(Map.of("x-event", List.of("a", "b"))).single("x-event"))
                .isEmpty();
        assertThat(new HookHeaders(Map.of("x-event", List.of("a"), "X-Event", List.of("b"))).single("x-event"))
                .isEmpty();
    }
}
