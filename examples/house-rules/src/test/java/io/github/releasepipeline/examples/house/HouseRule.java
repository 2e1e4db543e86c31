package io.github.releasepipeline.examples.house;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One rule of the house. It cannot be written down without a class that breaks it.
 *
 * @param name a sentence that holds while the rule is kept
 * @param jars where it is kept
 * @param rule the rule for one jar
 * @param violations classes that break it
 */
record HouseRule(String name, Set<Jar> jars, Function<Jar, ArchRule> rule, List<Violation> violations) {
    /**
     * Classes that would break the rule if they were in a jar.
     *
     * @param jar in which jar
     * @param says part of what the rule says of them
     * @param classes the classes
     */
    record Violation(Jar jar, String says, List<Class<?>> classes) {
        static Violation in(Jar jar, String says, Class<?>... classes) {
            return new Violation(jar, says, List.of(classes));
        }
    }

    HouseRule {
        if (violations.isEmpty()) {
            throw new IllegalArgumentException("Nothing shows that '" + name + "' can be broken");
        }
    }

    static HouseRule of(String name, Set<Jar> jars, Function<Jar, ArchRule> rule, Violation... violations) {
        return new HouseRule(name, jars, rule, List.of(violations));
    }

    /** The rule for one jar; what it says begins with the jar's folder. */
    ArchRule in(Jar jar) {
        return rule.apply(jar).as(jar.folder() + ": " + name);
    }

    @Override
    public String toString() {
        return name;
    }
}
