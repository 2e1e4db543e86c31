package io.github.releasepipeline.examples.benchmarks.lifecycle;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class RollbackShareTest {
    @Test
    void every_rollback_that_is_measured_brings_the_version_before_back() {
        assertThatCode(() -> RollbackShare.main(new String[] {"2"})).doesNotThrowAnyException();
    }
}
