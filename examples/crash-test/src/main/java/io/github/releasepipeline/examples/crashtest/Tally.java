package io.github.releasepipeline.examples.crashtest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What happened, and what must not have. Thread-safe. */
final class Tally {
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<Acknowledgement> acknowledged = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final List<Duration> takeovers = new ArrayList<>();

    synchronized void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    synchronized void set(String what, long number) {
        counts.put(what, number);
    }

    void heard(String line) {
        Acknowledgement.read(line).ifPresent(this::acknowledged);
    }

    private synchronized void acknowledged(Acknowledgement acknowledgement) {
        acknowledged.add(acknowledgement);
        count("acknowledged: "
                + acknowledgement
                        .command()
                        .name()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace('_', ' '));
    }

    synchronized List<Acknowledgement> acknowledged() {
        return List.copyOf(acknowledged);
    }

    synchronized void violation(String what) {
        if (!violations.contains(what)) {
            violations.add(what);
        }
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized void wentOnAfter(Duration time) {
        takeovers.add(time);
    }

    synchronized String report() {
        String lines = counts.entrySet().stream()
                .map(entry -> String.format("%,10d  %s", entry.getValue(), entry.getKey()))
                .collect(Collectors.joining("\n"));
        List<Duration> sorted = new ArrayList<>(takeovers);
        Collections.sort(sorted);
        String after = sorted.isEmpty()
                ? ""
                : String.format(
                        "%n%10d  releases of a killed node watched; they went on after %.1f s (median), %.1f s (longest)",
                        sorted.size(), seconds(sorted.get(sorted.size() / 2)), seconds(sorted.get(sorted.size() - 1)));
        return lines + after;
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
