package io.github.releasepipeline.examples.house.violations;

import com.tngtech.archunit.base.ArchUnitException.ReflectionException;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.helpers.LegacyAbstractLogger;

/** Makes its libraries those of its users. */
public class ShowsForeignTypes {
    /** A field. */
    protected List<Logger> logs = List.of();

    /** A parameter and an exception. */
    public void log(Logger log) throws ReflectionException {}

    /** A result, inside another type. */
    public Optional<List<JavaClass>> type() {
        return Optional.empty();
    }

    /** A supertype. */
    public abstract static class Logging extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;
    }
}
