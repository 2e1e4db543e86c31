package io.github.releasepipeline.core.outbox;

import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps what arrives, and does first what it is told. */
final class Ear implements Notifier {
    private final String name;
    final List<String> heard = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    final List<Snapshots> readers = new CopyOnWriteArrayList<>();
    volatile Consumer<Letter> first = letter -> {};

    Ear(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean wants(Notice notice) {
        return true;
    }

    @Override
    public void deliver(Letter letter, Snapshots now) {
        keys.add(letter.key());
        readers.add(now);
        first.accept(letter);
        heard.add(letter.record().id());
    }
}
