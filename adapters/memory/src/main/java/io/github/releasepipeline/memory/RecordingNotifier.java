package io.github.releasepipeline.memory;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A notifier that keeps what it was given, and fails on order. Thread-safe. */
public final class RecordingNotifier implements Notifier {
    private final String name;
    private final Predicate<? super Notice> wanted;
    private final List<Letter> letters = new ArrayList<>();
    private int failures;
    private boolean lasting;

    /** A notifier that wants some events. */
    public RecordingNotifier(String name, Predicate<? super Notice> wanted) {
        this.name = name;
        this.wanted = wanted;
    }

    /** A notifier that wants every event. */
    public static RecordingNotifier ofEverything(String name) {
        return new RecordingNotifier(name, notice -> true);
    }

    /** The next so many deliveries fail, and may be tried again. */
    public synchronized void failNext(int times) {
        failures = times;
        lasting = false;
    }

    /** The next so many deliveries fail for good. */
    public synchronized void refuseNext(int times) {
        failures = times;
        lasting = true;
    }

    /** What was delivered, in order, repetitions included. */
    public synchronized List<Letter> letters() {
        return List.copyOf(letters);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean wants(Notice notice) {
        return wanted.test(notice);
    }

    @Override
    public synchronized void deliver(Letter letter, Snapshots now) {
        if (failures > 0) {
            failures--;
            throw lasting
                    ? AdapterException.lasting("The receiver of '" + name + "' is gone; give another address", null)
                    : AdapterException.passing("The receiver of '" + name + "' is busy; try again", null);
        }
        letters.add(letter);
    }
}
