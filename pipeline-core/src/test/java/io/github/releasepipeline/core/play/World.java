package io.github.releasepipeline.core.play;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.EnvironmentBuilder;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.AccessPolicy;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.core.deployment.OwnThreads;
import io.github.releasepipeline.core.play.HandCrankedThreads.PowerCut;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemorySourceControl;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.ChangeSetReview;
import io.github.releasepipeline.policy.DeploymentWindow;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.EnvironmentPolicy.Involved;
import io.github.releasepipeline.policy.NotesPolicy;
import io.github.releasepipeline.policy.Stowaways;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A company in small: people, a forge, three environments, and two nodes that share one store. */
final class World {
    /** A process: a pipeline with its threads. */
    record Node(Pipeline pipeline, HandCrankedThreads threads, HandWoundAlarms alarms) {}

    static final List<String> ENVIRONMENTS = List.of("dev", "staging", "production");
    private static final ItemKind FLOWS = ItemKind.of("workflow", "flows/**");
    private static final DeploymentWindow DAYTIME = DeploymentWindow.allow(
                    "daytime",
                    ZoneId.of("Europe/Berlin"),
                    LocalDateTime.parse("2026-03-01T06:00"),
                    Duration.ofHours(12))
            .repeating("FREQ=DAILY");
    private static final List<Actor> PEOPLE = List.of(
            Actor.user("alice"),
            Actor.user("bob"),
            Actor.user("carol"),
            Actor.user("dave"),
            Actor.user("eve"),
            Actor.service("robot"));
    private static final Set<String> RELIABILITY = Set.of("bob", "dave");

    final SettableClock clock = SettableClock.at("2026-03-01T09:00:00Z");
    final WatchedStore store = new WatchedStore();
    final MemoryItemRepository history = new MemoryItemRepository(clock);
    final ForgetfulRepository repository = new ForgetfulRepository(history);
    final MemorySourceControl forge = new MemorySourceControl("acme/flows", history, List.of(FLOWS), clock);
    final Map<String, ScriptedTarget> targets = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final int variant;
    private long opened;
    private long ids;
    private boolean gateFails;
    private int cranking;

    /** @param variant which of the configurations */
    World(int variant) {
        this.variant = variant;
        ENVIRONMENTS.forEach(name -> targets.put(name, new ScriptedTarget()));
        nodes.add(node());
        nodes.add(node());
    }

    Node node(int number) {
        return nodes.get(Math.floorMod(number, nodes.size()));
    }

    /** A node is gone, with all that it was doing, and comes up again. */
    void restart(int number) {
        nodes.set(Math.floorMod(number, nodes.size()), node());
    }

    /** Lets a node do one piece of work; false if it has none. */
    boolean crank(int number) {
        int before = cranking;
        cranking = number;
        try {
            node(number).alarms().ring(clock.instant());
            boolean worked = node(number).threads().crank();
            if (store.wasCut()) {
                restart(number);
            }
            return worked;
        } catch (PowerCut e) {
            restart(number);
            return true;
        } finally {
            cranking = before;
        }
    }

    /** The node that is at work stands still, and the other one takes over what it had and goes on for a while. */
    void overtake(int pieces) {
        int other = cranking + 1;
        try {
            node(other).pipeline().maintain();
        } catch (PowerCut e) {
            restart(other);
        }
        for (int i = 0; i < pieces; i++) {
            crank(other);
        }
    }

    ActingPipeline as(int who, int node) {
        return node(node).pipeline().as(PEOPLE.get(Math.floorMod(who, PEOPLE.size())));
    }

    /** Somebody puts right at a target what the pipeline could not, and says so. */
    void mend(ActingPipeline somebody, String environment) {
        ScriptedTarget target = targets.get(environment);
        if (somebody.environments().get(environment).running().isEmpty()) {
            target.takeTrafficBack();
        }
        if (target.canaryPercent() == 0) {
            somebody.environments().repaired(environment, "mended");
        }
    }

    void failGate() {
        gateFails = true;
    }

    ScriptedTarget target(int number) {
        return targets.getOrDefault(environment(number), new ScriptedTarget());
    }

    static String environment(int number) {
        return ENVIRONMENTS.get(Math.floorMod(number, ENVIRONMENTS.size()));
    }

    /** Somebody opens a pull request that writes one flow. */
    long open(String author, String path, List<String> labels) {
        opened = forge.open("Change " + path, author, labels, Map.of(path, "written by #" + (opened + 1)));
        return opened;
    }

    /** Newest first. */
    List<Long> pullRequests() {
        return LongStream.rangeClosed(1, opened)
                .map(number -> opened + 1 - number)
                .boxed()
                .toList();
    }

    List<ChangeSet> changeSets() {
        return store.tables()
                .changeSets(PipelineFilter.all(), PageRequest.first(PageRequest.MAX_SIZE))
                .rows();
    }

    List<Version> versions() {
        PipelineFilter discardedToo = PipelineFilter.all().versions(VersionState.Kind.values());
        return store.tables()
                .versions(discardedToo, PageRequest.first(PageRequest.MAX_SIZE))
                .rows();
    }

    List<Release> releases() {
        return store.tables()
                .releases(PipelineFilter.all(), PageRequest.first(PageRequest.MAX_SIZE))
                .rows();
    }

    List<Automation> automations() {
        return pullRequests().stream()
                .flatMap(number -> as(0, 0).changeSets().automation(number).stream())
                .toList();
    }

    /** None, or one that goes as far as rules can go. */
    private List<AutoChangeSetRule> rules() {
        return switch (variant % 5) {
            case 1 -> List.of(AutoChangeSetRule.grouping("feature", "Features"));
            case 2 -> List.of(AutoChangeSetRule.versioning("feature", "Feature", "production"));
            case 3 ->
                List.of(
                        variant % 2 == 0
                                ? AutoChangeSetRule.versioning("feature", "Feature", "staging")
                                : AutoChangeSetRule.versioning("feature", "Feature", "dev", "staging"));
            case 4 -> List.of(AutoChangeSetRule.versioning("feature", "Feature"));
            default -> List.of();
        };
    }

    /** In some worlds people judge what comes to development, in others a gate whose judgement counts for a while. */
    private void judged(EnvironmentBuilder env) {
        if (variant % 3 == 1) {
            env.gateByPerson("board");
        } else if (variant % 3 == 2) {
            env.gate(new Scan(), usage -> usage.freshFor(Duration.ofHours(3)));
        }
    }

    /** In some worlds staging has a canary, which a person promotes or a gate that is sampled. */
    private void gradual(EnvironmentBuilder env) {
        if (variant % 2 == 1) {
            env.canary(10, canary -> {
                if (variant % 3 == 1) {
                    canary.gateByPerson("board");
                } else {
                    Duration ten = Duration.ofMinutes(10);
                    canary.gate(new Scan(), usage -> usage.every(ten).greenFor(ten));
                }
            });
        }
    }

    private Node node() {
        HandCrankedThreads threads = new HandCrankedThreads();
        HandWoundAlarms alarms = new HandWoundAlarms();
        Pipeline pipeline = Pipeline.builder()
                .sourceControl(forge)
                .repository(repository)
                .store(store)
                .items(FLOWS)
                .clock(clock)
                .nanoTime(() -> clock.millis() * 1_000_000)
                .ids(() -> String.format("id-%06d", ++ids))
                .maintainedByHost()
                .workerThreads(threads)
                .work(new OwnThreads(threads, clock::instant, Optional.empty(), alarms))
                .access(new Company())
                .changeSetReview(variant % 2 == 0 ? ChangeSetReview.NOT_NEEDED : ChangeSetReview.NEEDED)
                .notes(NotesPolicy.none()
                        .sections(variant % 2 == 0 ? NotesPolicy.Severity.WARN : NotesPolicy.Severity.OFF))
                .stowaways(Stowaways.values()[variant % Stowaways.values().length])
                .autoChangeSetRules(rules())
                .environment(
                        "dev",
                        targets.getOrDefault("dev", new ScriptedTarget()),
                        env -> judged(env.queue(EnvironmentPolicy.QueueOrder.NEWEST_WINS)
                                .window(DAYTIME)))
                .environment(
                        "staging",
                        targets.getOrDefault("staging", new ScriptedTarget()),
                        env -> gradual(env.tier(Tier.STAGING).approvals(1).startOnApproval()))
                .environment(
                        "production",
                        targets.getOrDefault("production", new ScriptedTarget()),
                        env -> env.tier(Tier.PRODUCTION)
                                .after("staging")
                                .soak(Duration.ofHours(1))
                                .approvalsOf("reliability", 1)
                                .approvals(1)
                                .refuseVotesOf(Involved.values())
                                .gate(new Scan(), usage -> usage.freshFor(Duration.ofHours(3))))
                .build();
        return new Node(pipeline, threads, alarms);
    }

    /** Eve may do nothing; Bob and Dave look after reliability. */
    private static final class Company implements AccessPolicy {
        @Override
        public Optional<String> refusal(Actor actor, Permission permission, String scope) {
            return actor.id().equals("eve") ? Optional.of("she left the company") : Optional.empty();
        }

        @Override
        public Set<String> groups(Actor actor) {
            return RELIABILITY.contains(actor.id()) ? Set.of("reliability") : Set.of();
        }
    }

    private final class Scan implements QualityGate {
        @Override
        public String name() {
            return "scan";
        }

        @Override
        public GateResult evaluate(GateContext context) {
            boolean fails = gateFails;
            gateFails = false;
            return fails ? GateResult.failed("a hole") : GateResult.passed("clean");
        }
    }

    /** An element of a list by any number; nothing of an empty list. */
    static <T> Stream<T> pick(List<T> list, int number) {
        return list.isEmpty() ? Stream.empty() : Stream.of(list.get(Math.floorMod(number, Math.min(list.size(), 8))));
    }
}
