package io.github.releasepipeline.examples.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {
    static Stream<Arguments> kept() {
        return HouseRules.ALL.stream().flatMap(rule -> rule.jars().stream().map(jar -> Arguments.of(rule, jar)));
    }

    static Stream<Arguments> broken() {
        return HouseRules.ALL.stream()
                .flatMap(rule -> rule.violations().stream().map(violation -> Arguments.of(rule, violation)));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("kept")
    void the_rule_is_kept(HouseRule rule, Jar jar) {
        rule.in(jar).check(jar.classes());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("broken")
    void the_rule_bites(HouseRule rule, HouseRule.Violation violation) {
        // given
        JavaClasses classes = new ClassFileImporter().importClasses(violation.classes());

        // when
        EvaluationResult result = rule.in(violation.jar()).evaluate(classes);

        // then
        assertThat(result.getFailureReport().toString())
                .contains(violation.jar().folder())
                .contains(violation.says());
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("kept")
    void the_rule_fails_on_an_empty_import(HouseRule rule, Jar jar) {
        JavaClasses nothing = new ClassFileImporter().importClasses(List.of());

        assertThatThrownBy(() -> rule.in(jar).check(nothing))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failed to check any classes");
    }

    @ParameterizedTest
    @EnumSource
    void a_jar_has_the_classes_of_its_own_folder(Jar jar) {
        assertThat(jar.classes()).isNotEmpty();
        assertThat(jar.sources()).isDirectory();
        assertThat(jar.location()).exists();
        assertThat(jar.location().toAbsolutePath().normalize())
                .startsWith(jar.sources()
                        .resolve("../../../target")
                        .toAbsolutePath()
                        .normalize());
    }

    @Test
    void every_module_that_has_classes_is_under_the_rules() {
        List<String> ruled = Arrays.stream(Jar.values()).map(Jar::folder).toList();

        assertThat(Jar.foldersOfPom())
                .containsAll(ruled)
                .filteredOn(folder -> !ruled.contains(folder))
                .containsExactlyInAnyOrder("examples/house-rules", "bom");
    }

    @Test
    void every_allowance_is_still_needed() {
        List<String> needy = HouseRules.LIBRARY.stream()
                .flatMap(jar -> jar.classes().stream())
                .filter(type -> Allowances.CLOCKS.contains(type.getName()))
                .filter(type -> HouseRules.clocks(Allowances.NONE)
                        .evaluate(new ClassFileImporter().importClasses(type.reflect()))
                        .hasViolation())
                .map(type -> type.getName())
                .toList();

        assertThat(needy).containsExactlyInAnyOrderElementsOf(Allowances.CLOCKS);
    }
}
