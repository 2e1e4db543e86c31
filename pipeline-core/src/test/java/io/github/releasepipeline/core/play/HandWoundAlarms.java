package io.github.releasepipeline.core.play;

import io.github.releasepipeline.core.deployment.Alarms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Rings when a game looks at the clock, so that it can be played again. */
final class HandWoundAlarms implements Alarms {
    private record Alarm(Instant time, Runnable work) {}

    private final List<Alarm> waiting = new ArrayList<>();

    @Override
    public void at(Instant time, Runnable work) {
        waiting.add(new Alarm(time, work));
    }

    /** Rings what is due, the earliest first. */
    void ring(Instant now) {
        List<Alarm> due = waiting.stream()
                .filter(alarm -> !alarm.time().isAfter(now))
                .sorted(Comparator.comparing(Alarm::time))
                .toList();
        waiting.removeAll(due);
        due.forEach(alarm -> alarm.work().run());
    }

    @Override
    public void close() {
        waiting.clear();
    }
}
