package io.github.releasepipeline.http.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    @Test
    void the_same_id_or_the_same_bytes_are_a_repetition() {
        Deliveries deliveries = new Deliveries(10);

        assertThat(deliveries.isNew("a", "1")).isTrue();
        assertThat(deliveries.isNew("a", "2")).isFalse();
        assertThat(deliveries.isNew("b", "1")).isFalse();
        assertThat(deliveries.isNew("c", "3")).isTrue();
    }

    @Test
    void what_was_forgotten_is_new_again() {
        Deliveries deliveries = new Deliveries(10);
        deliveries.isNew("a", "1");

        deliveries.forget("a", "1");

        assertThat(deliveries.isNew("a", "1")).isTrue();
    }

    @Test
    void only_so_many_are_remembered() {
        Deliveries deliveries = new Deliveries(100);
        IntStream.range(0, 101).forEach(i -> deliveries.isNew("id" + i, "signature" + i));

        assertThat(deliveries.isNew("id0", "signature0")).isTrue();
        assertThat(deliveries.isNew("id100", "signature100")).isFalse();
    }

    @Test
    void of_many_at_once_one_is_new() {
        Deliveries deliveries = new Deliveries(10);
        AtomicInteger fresh = new AtomicInteger();

        IntStream.range(0, 1_000).parallel().forEach(i -> {
            if (deliveries.isNew("a", "1")) {
                fresh.incrementAndGet();
            }
        });

        assertThat(fresh).hasValue(1);
    }
}
