package io.github.releasepipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @Test
    void nothing_configured_names_everything_that_is_missing() {
        assertThatThrownBy(() -> Pipeline.builder().build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "No store: say store(…)",
                                        "No source control: say sourceControl(…)",
                                        "No repository: say repository(…)",
                                        "Nothing is managed: say items(…)"));
    }

    @Test
    void every_mistake_is_reported_at_once() {
        // given
        PipelineBuilder wiring = fixture.bare(fixture.memory)
                .items(ItemKind.of("workflow", "again/**"))
                .component("Not A Name")
                .notifier(new Silent())
                .notifier(new Silent())
                .environment("Bad Name", fixture.development)
                .environment("twice", fixture.development)
                .environment("twice", fixture.development)
                .environment("soaking", fixture.development, env -> env.soak(Duration.ofHours(1)))
                .environment("lost", fixture.development, env -> env.after("nowhere"))
                .environment("chicken", fixture.development, env -> env.after("egg"))
                .environment("egg", fixture.development, env -> env.after("chicken"))
                .environment("hasty", fixture.development, env -> env.approvalExpiry(Duration.ZERO))
                .environment("none", fixture.development, env -> env.approvals(0))
                .environment(
                        "gates",
                        fixture.development,
                        env -> env.gate(new Gate()).gate(new Gate()));
        // when / then
        assertThatThrownBy(wiring::build).isInstanceOfSatisfying(ConfigurationException.class, e -> {
            assertThat(e.problems()).hasSize(12);
            assertThat(String.join("\n", e.problems()))
                    .contains(
                            "Two item kinds have the same name",
                            "A component is named with",
                            "Two notifiers have the same name",
                            "'Bad Name': The name of an environment",
                            "'twice' is configured twice",
                            "'soaking': soak needs an environment",
                            "'lost': comes after 'nowhere'",
                            "'chicken': comes after itself",
                            "'egg': comes after itself",
                            "'hasty': approvalExpiry",
                            "'none': An approval rule demands at least one",
                            "'gates': two gates have the same name");
        });
    }

    private static final class Silent implements Notifier {
        @Override
        public String name() {
            return "silent";
        }

        @Override
        public boolean wants(Notice notice) {
            return false;
        }

        @Override
        public void deliver(Letter letter, Snapshots now) {}
    }

    private static final class Gate implements QualityGate {
        @Override
        public String name() {
            return "scan";
        }

        @Override
        public GateResult evaluate(GateContext context) {
            return GateResult.passed("");
        }
    }
}
