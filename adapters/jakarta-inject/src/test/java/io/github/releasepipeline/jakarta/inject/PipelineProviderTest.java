package io.github.releasepipeline.jakarta.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.target.DeploymentTarget;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.util.AnnotationLiteral;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineProviderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeRepository() throws Exception {
        git("init", "--quiet", "--initial-branch=main");
        git("commit", "--quiet", "--allow-empty", "--message=Begin");
    }

    @Test
    void a_container_has_one_pipeline() {
        try (SeContainer container = container(Host.Setup.class)) {
            Pipeline pipeline = container.select(Pipeline.class).get();

            assertThat(container.select(Pipeline.class).get()).isSameAs(pipeline);
            assertThat(container.select(PipelineProvider.class).get().get()).isSameAs(pipeline);
            assertThat(pipeline.as(Actor.user("alice")).environments().list())
                    .extracting(Environment::name)
                    .extracting(Object::toString)
                    .containsExactly("staging", "production");
        }
    }

    @Test
    void the_pipeline_can_be_had_later() {
        try (SeContainer container = container(Host.Setup.class)) {
            assertThat(container.select(Host.Later.class).get().pipeline.get())
                    .isSameAs(container.select(Pipeline.class).get());
        }
    }

    @Test
    void the_qualifier_tells_the_environments_apart() {
        try (SeContainer container = container(Host.Setup.class)) {
            Host.Setup setup = container.select(Host.Setup.class).get();

            assertThat(setup.staging).isSameAs(target(container, "staging"));
            assertThat(setup.production).isSameAs(target(container, "production"));
            assertThat(setup.staging).isNotSameAs(setup.production);
        }
    }

    @Test
    void the_containers_access_policy_is_asked() {
        try (SeContainer container = container(Host.Setup.class)) {
            Pipeline pipeline = container.select(Pipeline.class).get();

            assertThatThrownBy(() ->
                            pipeline.as(Actor.user("mallory")).environments().hold("production", "because"))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("only alice may");
        }
    }

    @Test
    void what_the_setup_adds_works_with_the_containers_store() throws Exception {
        try (SeContainer container = container(Host.Setup.class)) {
            // when
            container
                    .select(Pipeline.class)
                    .get()
                    .as(Actor.user("alice"))
                    .environments()
                    .hold("production", "audit week");

            // then
            Letter letter = container.select(Heard.class).get().letters.poll(20, TimeUnit.SECONDS);
            assertThat(letter).isNotNull();
            assertThat(container
                            .select(ClosableStore.class)
                            .get()
                            .audit()
                            .of(new EnvironmentId(new EnvironmentName("production"))))
                    .containsExactly(letter.record());
        }
    }

    @Test
    void the_pipeline_closes_with_its_container() {
        ClosableStore store;
        try (SeContainer container = container(Host.Setup.class)) {
            container.select(Pipeline.class).get();
            store = container.select(ClosableStore.class).get();
            assertThat(store.closed).isFalse();
        }
        assertThat(store.closed).isTrue();
    }

    @Test
    void closing_the_provider_closes_the_pipeline_and_may_be_repeated() {
        try (SeContainer container = container(Host.Setup.class)) {
            PipelineProvider provider = container.select(PipelineProvider.class).get();

            provider.close();
            provider.close();

            assertThat(container.select(ClosableStore.class).get().closed).isTrue();
        }
    }

    @Test
    void every_mistake_of_the_setup_is_reported_at_once() {
        try (SeContainer container = container(Host.MistakenSetup.class)) {
            assertThatThrownBy(() -> container.select(Pipeline.class).get())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("Nothing is managed: say items(…)")
                    .hasMessageContaining("comes after 'staging'");
        }
    }

    private SeContainer container(Class<? extends PipelineSetup> setup) {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(
                        Host.Parts.class,
                        Host.OnlyAlice.class,
                        Host.Later.class,
                        Heard.class,
                        ClosableStore.class,
                        PipelineProvider.class,
                        setup)
                .addExtensions(new GivenFolder(folder))
                .initialize();
    }

    private static DeploymentTarget target(SeContainer container, String environment) {
        return container.select(DeploymentTarget.class, new Named(environment)).get();
    }

    private void git(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 7];
        String[] begin = {"git", "-C", folder.toString(), "-c", "user.name=alice", "-c", "user.email=alice@example.org"
        };
        System.arraycopy(begin, 0, command, 0, begin.length);
        System.arraycopy(arguments, 0, command, begin.length, arguments.length);
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    /** Makes the folder of the test a bean. */
    public static final class GivenFolder implements Extension {
        private final Path folder;

        GivenFolder(Path folder) {
            this.folder = folder;
        }

        void add(@Observes AfterBeanDiscovery discovered) {
            discovered.addBean().addType(Path.class).scope(Dependent.class).createWith(context -> folder);
        }
    }

    /** The qualifier as a value. */
    private static final class Named extends AnnotationLiteral<ForEnvironment> implements ForEnvironment {
        private static final long serialVersionUID = 1L;
        private final String value;

        Named(String value) {
            this.value = value;
        }

        @Override
        public String value() {
            return value;
        }
    }
}
