package io.github.releasepipeline.jakarta.inject;

import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tells the parts of one environment from those of another: {@code @ForEnvironment("staging") DeploymentTarget}. It names
 * them for the container only; the environment gets its name from {@link PipelineSetup}.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER})
public @interface ForEnvironment {
    /** The environment's name. */
    String value();
}
