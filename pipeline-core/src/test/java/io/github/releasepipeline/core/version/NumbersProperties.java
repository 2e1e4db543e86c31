package io.github.releasepipeline.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.VersionNumber;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NumbersProperties {
    /** Semantic Versioning 2.0.0, §11: the two precedence lists of its examples. */
    private static final List<List<String>> SPECIFICATION = List.of(
            List.of("1.0.0", "2.0.0", "2.1.0", "2.1.1"),
            List.of(
                    "1.0.0-alpha",
                    "1.0.0-alpha.1",
                    "1.0.0-alpha.beta",
                    "1.0.0-beta",
                    "1.0.0-beta.2",
                    "1.0.0-beta.11",
                    "1.0.0-rc.1",
                    "1.0.0"));

    private static VersionNumber parse(String text) {
        return Numbers.parse("", text);
    }

    @Example
    void the_order_is_that_of_the_specification() {
        for (List<String> list : SPECIFICATION) {
            List<VersionNumber> numbers =
                    list.stream().map(NumbersProperties::parse).toList();
            for (int i = 0; i < numbers.size(); i++) {
                for (int j = 0; j < numbers.size(); j++) {
                    assertThat(Integer.signum(Numbers.ORDER.compare(numbers.get(i), numbers.get(j))))
                            .as("%s and %s", numbers.get(i), numbers.get(j))
                            .isEqualTo(Integer.compare(i, j));
                }
            }
        }
    }

    @Property
    void the_order_is_that_of_the_rules_of_the_specification(
            @ForAll("numbers") VersionNumber a, @ForAll("numbers") VersionNumber b) {
        assertThat(Integer.signum(Numbers.ORDER.compare(a, b))).isEqualTo(Integer.signum(compare(a, b)));
    }

    /** §11.2 to §11.4, written down once more. */
    private static int compare(VersionNumber a, VersionNumber b) {
        int core = List.of(
                        Long.compare(a.major(), b.major()),
                        Long.compare(a.minor(), b.minor()),
                        Long.compare(a.patch(), b.patch()))
                .stream()
                .filter(part -> part != 0)
                .findFirst()
                .orElse(0);
        if (core != 0 || a.preRelease().equals(b.preRelease())) {
            return core;
        }
        if (a.preRelease().isEmpty() || b.preRelease().isEmpty()) {
            return a.preRelease().isEmpty() ? 1 : -1;
        }
        String[] left = a.preRelease().split("\\.");
        String[] right = b.preRelease().split("\\.");
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int part = compareIdentifiers(left[i], right[i]);
            if (part != 0) {
                return part;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    private static int compareIdentifiers(String a, String b) {
        boolean numericA = a.matches("[0-9]+");
        boolean numericB = b.matches("[0-9]+");
        if (numericA && numericB) {
            return new BigInteger(a).compareTo(new BigInteger(b));
        }
        return numericA == numericB ? a.compareTo(b) : numericA ? -1 : 1;
    }

    @Property
    void build_metadata_does_not_count(@ForAll("numbers") VersionNumber number) {
        VersionNumber built =
                new VersionNumber("", number.major(), number.minor(), number.patch(), number.preRelease(), "b.1");
        assertThat(Numbers.ORDER.compare(number, built)).isZero();
        assertThat(built.uniqueTag()).isEqualTo(number.uniqueTag());
    }

    @Property
    void every_number_is_read_as_it_is_written(@ForAll("numbers") VersionNumber number) {
        assertThat(Numbers.parse("", number.tag())).isEqualTo(number);
        assertThat(Numbers.parse("", number.core())).isEqualTo(number);
        VersionNumber onLine = Numbers.parse("billing", number.core());
        assertThat(Numbers.ofTag("billing", onLine.tag())).contains(onLine);
        assertThat(Numbers.ofTag("", onLine.tag())).isEmpty();
        assertThat(Numbers.ofTag("billing", number.tag())).isEmpty();
    }

    @Property
    void an_increment_makes_a_greater_number_without_pre_release(
            @ForAll("numbers") VersionNumber number, @ForAll("increments") Bump bump) {
        VersionNumber next = Numbers.next(number, bump);
        assertThat(Numbers.ORDER.compare(next, number)).isPositive();
        assertThat(next.isPreRelease()).isFalse();
        assertThat(next.build()).isEmpty();
        assertThat(bump == Bump.PATCH || next.patch() == 0).isTrue();
        assertThat(bump != Bump.MAJOR || next.minor() == 0).isTrue();
    }

    @Example
    void increments_raise_one_part_and_complete_a_pre_release() {
        assertThat(Numbers.next(parse("1.2.3"), Bump.MAJOR)).isEqualTo(parse("2.0.0"));
        assertThat(Numbers.next(parse("1.2.3"), Bump.MINOR)).isEqualTo(parse("1.3.0"));
        assertThat(Numbers.next(parse("1.2.3"), Bump.PATCH)).isEqualTo(parse("1.2.4"));
        assertThat(Numbers.next(parse("0.9.9"), Bump.MINOR)).isEqualTo(parse("0.10.0"));
        assertThat(Numbers.next(parse("2.0.0-rc.1"), Bump.MAJOR)).isEqualTo(parse("2.0.0"));
        assertThat(Numbers.next(parse("1.3.0-rc.1"), Bump.MINOR)).isEqualTo(parse("1.3.0"));
        assertThat(Numbers.next(parse("1.2.4-rc.1"), Bump.PATCH)).isEqualTo(parse("1.2.4"));
        assertThat(Numbers.next(Numbers.parse("billing", "1.2.3"), Bump.PATCH).tag())
                .isEqualTo("billing-v1.2.4");
        assertThatThrownBy(() -> Numbers.next(parse("1.2.3"), Bump.CUSTOM))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void a_line_begins_with_0_1_0() {
        assertThat(Numbers.first("billing").tag()).isEqualTo("billing-v0.1.0");
    }

    @Example
    void what_is_no_semantic_version_is_refused_with_examples() {
        for (String bad : List.of(
                "",
                "1",
                "1.2",
                "1.2.3.4",
                "01.2.3",
                "1.2.3-",
                "1.2.3-01",
                "1.2.3+",
                "a.b.c",
                "1.2.-3",
                "vv1.2.3",
                "V1.2.3",
                "1.2.3-ä")) {
            assertThat(Numbers.find("", bad)).as(bad).isEqualTo(Optional.empty());
            assertThatThrownBy(() -> parse(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'" + bad + "' is not a semantic version such as 1.3.0, 1.3.0-rc.1 or 1.3.0+build.5");
        }
        assertThat(parse(" 1.2.3\n"))
                .as("white space around a number is forgiven")
                .isEqualTo(parse("1.2.3"));
        assertThat(Numbers.ofTag("", "release-1.2.3")).isEmpty();
        assertThat(Numbers.ofTag("", "vv1.2.3")).isEmpty();
        assertThat(Numbers.ofTag("billing", "billing-1.2.3")).isEmpty();
        assertThat(parse("v1.2.3-rc.1+build.5")).isEqualTo(new VersionNumber("", 1, 2, 3, "rc.1", "build.5"));
    }

    @Provide
    Arbitrary<Bump> increments() {
        return Arbitraries.of(Bump.MAJOR, Bump.MINOR, Bump.PATCH);
    }

    @Property
    void the_text_of_a_number_sorts_as_the_number(
            @ForAll("numbers") VersionNumber a, @ForAll("numbers") VersionNumber b) {
        assertThat(Integer.signum(a.precedence().compareTo(b.precedence()))).isEqualTo(Integer.signum(compare(a, b)));
    }

    @Property
    void the_smallest_number_of_a_minor_version_is_above_all_patches_before_and_below_all_of_its_own(
            @ForAll("numbers") VersionNumber number) {
        VersionNumber border = Numbers.beforeMinor("", number.major(), number.minor());
        assertThat(compare(border, number)).isNotPositive();
        assertThat(compare(Numbers.beforeMinor("", number.major(), number.minor() + 1), number))
                .isPositive();
        assertThat(compare(Numbers.patchAfter(number), number)).isPositive();
    }

    @Property
    void any_text_is_a_number_that_is_written_the_same_or_none(@ForAll("texts") String text) {
        Optional<VersionNumber> found = Numbers.find("", text);
        found.ifPresent(number ->
                assertThat(List.of(number.tag(), number.tag().substring(1))).contains(text));
        assertThat(found.isPresent()).isEqualTo(SEMVER.matcher(text).matches());
    }

    @Example
    void numbers_too_large_to_count_are_refused() {
        for (String bad : List.of(
                "1000000000000000000.0.0",
                "1.2.99999999999999999999999",
                "1.0.0-" + "a".repeat(101),
                "1.0.0+" + "a".repeat(101),
                "1.0.0-" + "a.".repeat(120) + "a")) {
            assertThat(Numbers.find("", bad)).as(bad).isEmpty();
        }
        assertThatThrownBy(() -> parse("x".repeat(1_000_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'xxx")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
        VersionNumber largest = parse("999999999999999999.999999999999999999.999999999999999999");
        assertThat(Numbers.next(largest, Bump.PATCH).patch()).isEqualTo(1_000_000_000_000_000_000L);
    }

    /** The expression that semver.org suggests, with the limits of this library. */
    private static final Pattern SEMVER =
            Pattern.compile("v?(0|[1-9]\\d{0,17})\\.(0|[1-9]\\d{0,17})\\.(0|[1-9]\\d{0,17})"
                    + "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
                    + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?");

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                        "1", "0", "00", "2", "12", ".", ".", ".", "-", "+", "v", "a", "rc", "A", " ", "ä", "\n", "\0",
                        "*", "/")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
        Arbitrary<String> spoiled = Combinators.combine(
                        numbers(), Arbitraries.of("", "-", "+", ".", "-0", "-01", "+0", " "))
                .as((number, end) -> number.core() + end);
        return Arbitraries.oneOf(pieces, spoiled, Arbitraries.strings().ofMaxLength(20));
    }

    @Provide
    Arbitrary<VersionNumber> numbers() {
        Arbitrary<Long> part = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 12), Arbitraries.longs().between(0, 999_999_999_999_999_999L));
        Arbitrary<String> identifier = Arbitraries.oneOf(
                Arbitraries.of(
                        "alpha", "beta", "rc", "x-1", "0", "2", "11", "1a", "-", "--", "Z", "a", "a-", "9", "10"),
                Arbitraries.strings()
                        .numeric()
                        .ofMinLength(1)
                        .ofMaxLength(25)
                        .map(NumbersProperties::withoutLeadingZeros),
                Arbitraries.strings()
                        .withChars("0123456789abzABZ-")
                        .ofMinLength(1)
                        .ofMaxLength(4)
                        .map(NumbersProperties::withoutLeadingZeros));
        Arbitrary<String> preRelease = identifier.list().ofMaxSize(3).map(parts -> String.join(".", parts));
        return Combinators.combine(part, part, part, preRelease)
                .as((major, minor, patch, pre) -> new VersionNumber("", major, minor, patch, pre, ""));
    }

    private static String withoutLeadingZeros(String identifier) {
        return identifier.matches("0+[0-9]*") ? new BigInteger(identifier).toString() : identifier;
    }
}
