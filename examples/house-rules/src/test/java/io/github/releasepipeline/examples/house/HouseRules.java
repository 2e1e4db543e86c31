package io.github.releasepipeline.examples.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.github.releasepipeline.examples.house.HouseRule.Violation.in;

import com.tngtech.archunit.lang.ArchRule;
import io.github.releasepipeline.examples.house.violations.AbstractThing;
import io.github.releasepipeline.examples.house.violations.CallsTheStore;
import io.github.releasepipeline.examples.house.violations.DecidesByTheClock;
import io.github.releasepipeline.examples.house.violations.DecidesFromTheStore;
import io.github.releasepipeline.examples.house.violations.HasStateRules;
import io.github.releasepipeline.examples.house.violations.IThing;
import io.github.releasepipeline.examples.house.violations.KeepsPerThread;
import io.github.releasepipeline.examples.house.violations.LogsByTheJdk;
import io.github.releasepipeline.examples.house.violations.PrintsStackTraces;
import io.github.releasepipeline.examples.house.violations.ReadsTheClock;
import io.github.releasepipeline.examples.house.violations.RollsDice;
import io.github.releasepipeline.examples.house.violations.SeesAnotherAdapter;
import io.github.releasepipeline.examples.house.violations.SeesCoreInternals;
import io.github.releasepipeline.examples.house.violations.SeesForeignLibrary;
import io.github.releasepipeline.examples.house.violations.ShowsForeignTypes;
import io.github.releasepipeline.examples.house.violations.Sleeps;
import io.github.releasepipeline.examples.house.violations.ThingHelper;
import io.github.releasepipeline.examples.house.violations.ThingImpl;
import io.github.releasepipeline.examples.house.violations.UnprovedPort;
import io.github.releasepipeline.examples.house.violations.WideningPort;
import io.github.releasepipeline.examples.house.violations.WritesToTheConsole;
import io.github.releasepipeline.examples.house.violations.one.KnowsTwo;
import io.github.releasepipeline.examples.house.violations.two.KnowsOne;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rules that keep the house in shape. */
final class HouseRules {
    static final Set<Jar> ALL_JARS = EnumSet.allOf(Jar.class);
    static final Set<Jar> LIBRARY = EnumSet.complementOf(
            EnumSet.of(Jar.TCK, Jar.QUICKSTART, Jar.BENCHMARKS, Jar.CRASH_TEST, Jar.AUDIT_VERIFIER, Jar.FORGE_TABLE));
    private static final Set<Jar> SPI = EnumSet.of(Jar.SPI);
    private static final Set<Jar> CORE = EnumSet.of(Jar.CORE);
    private static final List<String> PUBLISHED = Stream.of(Jar.SPI.api(), Jar.CORE.api(), Jar.EVERYWHERE)
            .flatMap(List::stream)
            .toList();

    static final HouseRule LANES = HouseRule.of(
            "a jar names only what its row allows: no jar core's internals, no adapter another",
            ALL_JARS,
            jar -> classes().should(Lanes.nameOnly(jar.mayName())),
            in(Jar.JDBC, "core.engine.Engine", SeesCoreInternals.class),
            in(Jar.JAKARTA_INJECT, "core.engine.Engine", SeesCoreInternals.class),
            in(Jar.QUICKSTART, "core.engine.Engine", SeesCoreInternals.class),
            in(Jar.JDBC, "jgit.GitRepository", SeesAnotherAdapter.class),
            in(Jar.CORE, "jgit.GitRepository", SeesAnotherAdapter.class),
            in(Jar.GITEA, "jgit.GitRepository", SeesAnotherAdapter.class),
            in(Jar.SPI, "org.slf4j.Logger", SeesForeignLibrary.class),
            in(Jar.MEMORY, "org.slf4j.Logger", SeesForeignLibrary.class));

    static final HouseRule CYCLES = HouseRule.of(
            "packages know each other in one direction only",
            ALL_JARS,
            jar -> slices().assignedFrom(Lanes.PACKAGE_BY_PACKAGE).should().beFreeOfCycles(),
            in(Jar.CORE, "Cycle detected", KnowsTwo.class, KnowsOne.class));

    static final HouseRule NULL_MARKED = HouseRule.of(
            "every package is null-marked",
            ALL_JARS,
            jar -> classes().should(Lanes.LIVE_IN_NULL_MARKED_PACKAGES),
            in(Jar.MEMORY, "ThingImpl", ThingImpl.class));

    static final HouseRule SIGNATURES = HouseRule.of(
            "public signatures name only JDK types and our own",
            EnumSet.of(Jar.SPI, Jar.CORE),
            jar -> classes().that(Lanes.PUBLISHED).should(Lanes.showOnly(PUBLISHED)),
            in(Jar.SPI, "parameter <org.slf4j.Logger>", ShowsForeignTypes.class),
            in(Jar.SPI, "result <com.tngtech.archunit.core.domain.JavaClass>", ShowsForeignTypes.class),
            in(Jar.SPI, "field <org.slf4j.Logger>", ShowsForeignTypes.class),
            in(Jar.SPI, "exception <com.tngtech.archunit.base.ArchUnitException", ShowsForeignTypes.class),
            in(
                    Jar.SPI,
                    "supertype <org.slf4j.helpers.LegacyAbstractLogger>",
                    ShowsForeignTypes.class,
                    ShowsForeignTypes.Logging.class),
            in(Jar.CORE, "result <io.github.releasepipeline.core.engine.Engine>", SeesCoreInternals.class));

    static final HouseRule CLOCKS = HouseRule.of(
            "time, chance and new ids come in as values",
            LIBRARY,
            jar -> clocks(Allowances.CLOCKS),
            in(Jar.CORE, "Instant.now()", ReadsTheClock.class),
            in(Jar.CORE, "Clock.systemUTC()", ReadsTheClock.class),
            in(Jar.CORE, "System.nanoTime()", ReadsTheClock.class),
            in(Jar.CORE, "System.currentTimeMillis()", ReadsTheClock.class),
            in(Jar.CORE, "java.util.Date", ReadsTheClock.class),
            in(Jar.CORE, "UUID.randomUUID()", RollsDice.class),
            in(Jar.CORE, "ThreadLocalRandom.current()", RollsDice.class),
            in(Jar.CORE, "java.util.Random", RollsDice.class),
            in(Jar.CORE, "java.security.SecureRandom", RollsDice.class),
            in(Jar.CORE, "Math.random()", RollsDice.class));

    static final HouseRule STATIC_DECISIONS = HouseRule.of(
            "decisions are static and keep nothing",
            CORE,
            jar -> classes().that(Decisions.DECIDE).should(Decisions.HAVE_NO_STATE),
            in(Jar.CORE, "method decide()", HasStateRules.class),
            in(Jar.CORE, "static field count", HasStateRules.class),
            in(Jar.CORE, "can be instantiated", HasStateRules.class));

    static final HouseRule PURE_DECISIONS = HouseRule.of(
            "decisions and folds use values only",
            CORE,
            jar -> classes().that(Decisions.DECIDE_OR_FOLD).should(Decisions.NAME_ONLY_VALUES),
            in(Jar.CORE, "store.PipelineReader", DecidesFromTheStore.Rules.class),
            in(Jar.CORE, "source.ItemRepository", DecidesFromTheStore.Rules.class),
            in(Jar.CORE, "org.slf4j.Logger", DecidesFromTheStore.Rules.class),
            in(Jar.CORE, "java.nio.file.Files", DecidesFromTheStore.Rules.class),
            in(Jar.CORE, "java.time.Clock", DecidesByTheClock.Rules.class),
            in(Jar.CORE, "java.lang.System", DecidesByTheClock.Rules.class));

    static final HouseRule ONE_WRITE_PATH = HouseRule.of(
            "only the engine opens transactions",
            CORE,
            jar -> classes()
                    .that(Facts.notNamed(Set.of("io.github.releasepipeline.core.engine.Engine")))
                    .should(Calls.NOT_OPEN_TRANSACTIONS),
            in(Jar.CORE, "PipelineStore.transact", CallsTheStore.class));

    static final HouseRule CONTRACTS = HouseRule.of(
            "every port has a contract in adapters/tck",
            SPI,
            jar -> classes().that(Ports.ARE_PORTS).should(Ports.HAVE_A_CONTRACT),
            in(Jar.SPI, "UnprovedPortContract", UnprovedPort.class));

    static final HouseRule CALLED_CONTRACTS = HouseRule.of(
            "the contracts call every method of every port and of its parts",
            SPI,
            jar -> classes().that(Ports.ARE_PORTS_OR_PARTS).should(Ports.beCalledBy(Jar.TCK)),
            in(Jar.SPI, "UnprovedPort.work()", UnprovedPort.class));

    static final HouseRule SMALL_PORTS = HouseRule.of(
            "a port has at most eight methods",
            SPI,
            jar -> classes().that(Ports.ARE_PORTS_OR_PARTS).should(Ports.haveAtMostMethods(8)),
            in(Jar.SPI, "has 9 methods", WideningPort.class));

    static final HouseRule CONSOLE = HouseRule.of(
            "nothing writes to the console, sleeps, keeps per thread or logs past SLF4J",
            LIBRARY,
            jar -> classes().should(Calls.NOT_DO_WHAT_IS_BANNED),
            in(Jar.CORE, "System.out", WritesToTheConsole.class),
            in(Jar.CORE, "System.err", WritesToTheConsole.class),
            in(Jar.CORE, "printStackTrace()", PrintsStackTraces.class),
            in(Jar.CORE, "Thread.sleep(long)", Sleeps.class),
            in(Jar.CORE, "TimeUnit.sleep(long)", Sleeps.class),
            in(Jar.CORE, "java.lang.ThreadLocal", KeepsPerThread.class),
            in(Jar.CORE, "java.util.logging.Logger", LogsByTheJdk.class));

    static final HouseRule NAMES = HouseRule.of(
            "names say what a class is, not how it is made",
            ALL_JARS,
            jar -> noClasses()
                    .should()
                    .haveNameMatching(
                            ".*[.$]([A-Za-z0-9]*(Impl|Manager|Helper|Utils?|Base)|(Abstract|Base|I)[A-Z][A-Za-z0-9]*)"),
            in(Jar.CORE, "ThingImpl", ThingImpl.class),
            in(Jar.CORE, "ThingHelper", ThingHelper.class),
            in(Jar.CORE, "AbstractThing", AbstractThing.class),
            in(Jar.CORE, "IThing", IThing.class));

    static final List<HouseRule> ALL = List.of(
            LANES,
            CYCLES,
            NULL_MARKED,
            SIGNATURES,
            CLOCKS,
            STATIC_DECISIONS,
            PURE_DECISIONS,
            ONE_WRITE_PATH,
            CONTRACTS,
            CALLED_CONTRACTS,
            SMALL_PORTS,
            CONSOLE,
            NAMES);

    private HouseRules() {}

    static ArchRule clocks(Set<String> allowances) {
        return classes().that(Facts.notNamed(allowances)).should(Calls.NOT_ASK_CLOCK_OR_CHANCE);
    }
}
