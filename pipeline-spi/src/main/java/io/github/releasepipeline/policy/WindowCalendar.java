package io.github.releasepipeline.policy;

import io.github.releasepipeline.policy.DeploymentWindow.Effect;
import io.github.releasepipeline.policy.DeploymentWindow.Occurrence;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Windows laid over each other. */
final class WindowCalendar {
    /** How many beginnings and ends are looked through: windows may hide each other for ever. */
    private static final int FORESIGHT = 1_000;

    private final List<Occurrences> allowing;
    private final List<Occurrences> denying;

    WindowCalendar(List<DeploymentWindow> windows) {
        allowing = of(windows, Effect.ALLOW);
        denying = of(windows, Effect.DENY);
    }

    boolean isOpen(Instant at) {
        return end(denying, at).isEmpty()
                && (allowing.isEmpty() || end(allowing, at).isPresent());
    }

    /** Why it is not open at an instant. */
    String why(Instant at) {
        List<Occurrences> on =
                denying.stream().filter(window -> isOn(window, at)).toList();
        return on.isEmpty() ? "open only in " + names(allowing) : "closed by " + names(on);
    }

    /** When what is so at an instant is so no more. */
    Optional<Instant> change(Instant at) {
        boolean open = isOpen(at);
        Optional<Instant> next = Optional.of(at);
        for (int i = 0; i < FORESIGHT && next.isPresent(); i++) {
            next = next.flatMap(now -> open ? mayClose(now) : mayOpen(now));
            if (next.filter(now -> isOpen(now) != open).isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }

    /** What makes the whole senseless, whenever it is looked at. */
    Optional<String> problem() {
        return Stream.of(allowing, denying)
                .flatMap(Collection::stream)
                .filter(window -> window.beginningAfter(Instant.MIN).isEmpty())
                .map(window -> "window '" + window.window().name() + "' never comes")
                .findFirst()
                .or(() -> neverOpens() ? Optional.of("its windows never let a deployment through") : Optional.empty());
    }

    /** Not once from the first that allows; or, without such, never again after the last has begun that denies. */
    private boolean neverOpens() {
        Comparator<Instant> order = allowing.isEmpty() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return Stream.of(allowing.isEmpty() ? denying : allowing)
                .flatMap(Collection::stream)
                .flatMap(window -> window.beginningAfter(Instant.MIN).stream())
                .map(Occurrence::from)
                .min(order)
                .filter(from -> !isOpen(from) && change(from).isEmpty())
                .isPresent();
    }

    /** Nothing opens while something denies, nor before something allows. */
    private Optional<Instant> mayOpen(Instant at) {
        return end(denying, at).or(() -> begin(allowing, at));
    }

    private Optional<Instant> mayClose(Instant at) {
        return Stream.concat(begin(denying, at).stream(), end(allowing, at).stream())
                .min(Comparator.naturalOrder());
    }

    /** When the last of those that are on ends; empty if none is on. */
    private static Optional<Instant> end(List<Occurrences> windows, Instant at) {
        return windows.stream()
                .flatMap(window -> window.begunBy(at).stream())
                .filter(one -> one.contains(at))
                .map(Occurrence::to)
                .max(Comparator.naturalOrder());
    }

    private static Optional<Instant> begin(List<Occurrences> windows, Instant after) {
        return windows.stream()
                .flatMap(window -> window.beginningAfter(after).stream())
                .map(Occurrence::from)
                .min(Comparator.naturalOrder());
    }

    private static boolean isOn(Occurrences window, Instant at) {
        return window.begunBy(at).filter(one -> one.contains(at)).isPresent();
    }

    private static String names(List<Occurrences> windows) {
        return windows.stream()
                .map(one -> "'" + one.window().name() + "'")
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static List<Occurrences> of(List<DeploymentWindow> windows, Effect effect) {
        return windows.stream()
                .filter(window -> window.effect() == effect)
                .map(Occurrences::of)
                .toList();
    }
}
