package io.github.releasepipeline.json;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.CanaryPolicy;
import io.github.releasepipeline.policy.DeploymentWindow;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.Recurrence;
import io.github.releasepipeline.policy.Recurrence.Frequency;
import io.github.releasepipeline.policy.StepLimits;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.policy.WatchPolicy;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.subject.Spans;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Any value of any type of the model, made out of the types themselves. */
final class AnyModel {
    static final Arbitrary<String> TEXT = Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.strings().all().ofMaxLength(12)),
            Tuple.of(2, Arbitraries.strings().alpha().ofMaxLength(12)),
            Tuple.of(
                    1,
                    Arbitraries.of(
                            "\ud800",
                            "\udc00\ud800",
                            "\u0000\u0001\u001f\u007f",
                            "\"\\/\b\f\n\r\t",
                            "\u2028\u2029\ufeff",
                            "😀é")));

    /** Keys of maps are well-formed; anything else the parser refuses. */
    private static final Arbitrary<String> KEY =
            TEXT.filter(text -> text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff));

    private static final Arbitrary<String> LINE = Arbitraries.strings()
            .withChars("abcXYZ 0129\"\\'<>&%\ud800\udfff😀é")
            .ofMinLength(1)
            .ofMaxLength(12)
            .map(text -> "i" + text + "d");
    private static final Arbitrary<String> NAME =
            Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(10);
    private static final Arbitrary<Instant> INSTANT = Combinators.combine(
                    Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                    Arbitraries.integers().between(0, 999_999_999))
            .as(Instant::ofEpochSecond);
    private static final Arbitrary<Duration> DURATION = Combinators.combine(
                    Arbitraries.longs().between(1 - Spans.LONGEST.toSeconds(), Spans.LONGEST.toSeconds() - 1),
                    Arbitraries.integers().between(0, 999_999_999))
            .as(Duration::ofSeconds);
    private static final Arbitrary<String> HEX =
            Arbitraries.strings().withChars("0123456789abcdef").ofLength(64);

    /** Types whose constructors are choosy. */
    private static final Map<Class<?>, Arbitrary<?>> CHOOSY = new HashMap<>();

    static {
        CHOOSY.put(String.class, TEXT);
        CHOOSY.put(long.class, Arbitraries.longs());
        CHOOSY.put(Long.class, Arbitraries.longs());
        CHOOSY.put(int.class, Arbitraries.integers());
        CHOOSY.put(Integer.class, Arbitraries.integers());
        CHOOSY.put(boolean.class, Arbitraries.of(true, false));
        CHOOSY.put(Boolean.class, Arbitraries.of(true, false));
        CHOOSY.put(Instant.class, INSTANT);
        CHOOSY.put(Duration.class, DURATION);
        CHOOSY.put(URI.class, NAME.map(name -> URI.create("https://example.org/" + name + "?q=%22#" + name)));
        CHOOSY.put(Digest.class, HEX.map(Digest::new));
        CHOOSY.put(CommitId.class, HEX.map(hex -> new CommitId(hex.substring(0, hex.charAt(0) == 'a' ? 64 : 40))));
        CHOOSY.put(EnvironmentName.class, NAME.map(EnvironmentName::new));
        CHOOSY.put(ChangeSetId.class, LINE.map(ChangeSetId::new));
        CHOOSY.put(VersionId.class, LINE.map(VersionId::new));
        CHOOSY.put(ReleaseId.class, LINE.map(ReleaseId::new));
        CHOOSY.put(
                Actor.class,
                Combinators.combine(LINE, Arbitraries.of(Actor.Kind.class), TEXT.optional())
                        .as(Actor::new));
        CHOOSY.put(
                ApprovalRule.class,
                Combinators.combine(TEXT.optional(), Arbitraries.integers().greaterOrEqual(1))
                        .as(ApprovalRule::new));
        CHOOSY.put(
                Upstream.class,
                Combinators.combine(NAME.map(EnvironmentName::new), DURATION.map(Duration::abs))
                        .as(Upstream::new));
        Arbitrary<LocalDateTime> local = Combinators.combine(
                        Arbitraries.longs().between(0, 253_370_764_799L),
                        Arbitraries.integers().between(0, 999_999_999))
                .as((second, nano) -> LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC));
        Arbitrary<ZoneId> zone = Arbitraries.of("Europe/Berlin", "Z", "UTC", "-18:00", "Pacific/Apia")
                .map(ZoneId::of);
        Arbitrary<Recurrence.Day> day = Combinators.combine(
                        Arbitraries.integers().between(-5, 5), Arbitraries.of(DayOfWeek.class))
                .as(Recurrence.Day::new);
        Arbitrary<Integer> few = Arbitraries.integers().between(1, Recurrence.MAX);
        Arbitrary<Recurrence> recurrence = Arbitraries.oneOf(
                Combinators.combine(few, day.list().ofMaxSize(3), few.optional())
                        .as((interval, days, count) ->
                                new Recurrence(Frequency.MONTHLY, interval, days, count, Optional.empty())),
                Combinators.combine(Arbitraries.of(Frequency.class), few, INSTANT.optional())
                        .as((frequency, interval, until) ->
                                new Recurrence(frequency, interval, List.of(), Optional.empty(), until)));
        CHOOSY.put(Recurrence.Day.class, day);
        CHOOSY.put(Recurrence.class, recurrence);
        CHOOSY.put(
                DeploymentWindow.class,
                Combinators.combine(
                                Arbitraries.of(DeploymentWindow.Effect.class),
                                LINE,
                                zone,
                                local,
                                Arbitraries.longs().between(1, 366L * 86_400).map(Duration::ofSeconds),
                                recurrence.optional())
                        .as(DeploymentWindow::new));
        Arbitrary<Duration> time = Arbitraries.longs().between(1, 366L * 86_400).map(Duration::ofSeconds);
        CHOOSY.put(
                StepLimits.class,
                Combinators.combine(
                                time,
                                Arbitraries.integers().between(0, StepLimits.MOST_RETRIES),
                                time,
                                Arbitraries.integers().greaterOrEqual(1),
                                time)
                        .as((timeout, retries, first, factor, more) ->
                                new StepLimits(timeout, retries, first, factor, first.plus(more))));
        CHOOSY.put(
                WatchPolicy.class,
                Combinators.combine(time, time).as((more, interval) -> new WatchPolicy(interval.plus(more), interval)));
        CHOOSY.put(
                GatePolicy.class,
                Combinators.combine(
                                NAME, DURATION.map(Duration::abs), Arbitraries.lazy(() -> of(GatePolicy.Asking.class)))
                        .as(GatePolicy::new));
        CHOOSY.put(
                CanaryPolicy.class,
                Combinators.combine(
                                Arbitraries.integers().between(1, 99),
                                Arbitraries.lazy(() -> of(GatePolicy.class))
                                        .list()
                                        .ofMinSize(1)
                                        .ofMaxSize(3))
                        .as(CanaryPolicy::new));
        CHOOSY.put(
                GatePolicy.Asking.Sampled.class,
                Combinators.combine(
                                Arbitraries.integers().between(0, 500),
                                Arbitraries.integers().between(1, 60))
                        .as((samples, seconds) -> new GatePolicy.Asking.Sampled(
                                Duration.ofSeconds(samples),
                                Duration.ofSeconds(seconds),
                                Duration.ofSeconds(samples, 1),
                                Duration.ofSeconds(2L * samples, 1))));
        CHOOSY.put(
                ItemKind.class, Combinators.combine(NAME, NAME).as((name, glob) -> new ItemKind(name, glob + "/**")));
        CHOOSY.put(
                PullRequestId.class,
                Combinators.combine(TEXT, Arbitraries.longs().greaterOrEqual(1)).as(PullRequestId::new));
        CHOOSY.put(
                AutoChangeSetRule.class,
                Combinators.combine(
                                LINE, LINE, NAME.map(EnvironmentName::new).set().ofMaxSize(2))
                        .as((label, name, names) ->
                                new AutoChangeSetRule(label, name, !names.isEmpty(), List.copyOf(names))));
        Arbitrary<Long> part = Arbitraries.longs().greaterOrEqual(0);
        CHOOSY.put(
                VersionNumber.class,
                Combinators.combine(NAME.injectDuplicates(0.1), part, part, part, TEXT, TEXT)
                        .as(VersionNumber::new));
    }

    private AnyModel() {}

    @SuppressWarnings("unchecked") // what is made for a type is of that type
    static <T> Arbitrary<T> of(Class<T> type) {
        return (Arbitrary<T>) any(type);
    }

    private static Arbitrary<?> any(Type type) {
        return type instanceof ParameterizedType generic
                ? container((Class<?>) generic.getRawType(), generic.getActualTypeArguments())
                : single((Class<?>) type);
    }

    private static Arbitrary<?> container(Class<?> type, Type[] arguments) {
        return switch (type.getSimpleName()) {
            case "Optional" -> any(arguments[0]).optional();
            case "List" -> any(arguments[0]).list().ofMaxSize(3);
            case "Set" -> any(arguments[0]).set().ofMaxSize(3);
            case "SortedMap" ->
                Arbitraries.maps(KEY, any(arguments[1])).ofMaxSize(3).map(TreeMap::new);
            case "Map" -> Arbitraries.maps(KEY, any(arguments[1])).ofMaxSize(3);
            default -> throw new IllegalArgumentException(type.getName());
        };
    }

    private static Arbitrary<?> single(Class<?> type) {
        Arbitrary<?> known = CHOOSY.get(type);
        if (known != null) {
            return known;
        }
        if (type == ItemChange.class) {
            Arbitrary<Item> item = of(Item.class);
            return Arbitraries.oneOf(
                    item.map(ItemChange::created),
                    item.map(ItemChange::deleted),
                    Combinators.combine(item, item).as(ItemChange::changed));
        }
        if (type == ChangedItem.class) {
            return of(ItemChange.class).map(ChangedItem::of);
        }
        if (type == Manifest.class) {
            return of(Item.class)
                    .list()
                    .ofMaxSize(5)
                    .uniqueElements(item -> item.id().path())
                    .map(Manifest::new);
        }
        if (type.isEnum()) {
            return Arbitraries.of(type.getEnumConstants());
        }
        if (type.isSealed()) {
            return Arbitraries.of(List.copyOf(SealedFamily.of(type).byKind().values()))
                    .flatMap(member -> any(member));
        }
        return record(type);
    }

    private static Arbitrary<?> record(Class<?> type) {
        List<Arbitrary<Object>> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.add(any(component.getGenericType()).map(Object.class::cast));
        }
        RecordShape shape = RecordShape.of(type);
        return components.isEmpty()
                ? Arbitraries.create(() -> shape.create(new Object[0], type.getName()))
                : Combinators.combine(components).as(values -> shape.create(values.toArray(), type.getName()));
    }

    /** The types, sealed families by their members. */
    static List<Class<?>> every(Class<?>... types) {
        return Arrays.stream(types)
                .<Class<?>>flatMap(
                        type -> type.isSealed() ? SealedFamily.of(type).byKind().values().stream() : Stream.of(type))
                .toList();
    }
}
