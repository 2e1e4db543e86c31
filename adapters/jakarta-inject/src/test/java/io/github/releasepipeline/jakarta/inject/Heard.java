package io.github.releasepipeline.jakarta.inject;

import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;
import jakarta.inject.Singleton;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps what it was told. */
@Singleton
class Heard implements Notifier {
    final BlockingQueue<Letter> letters = new LinkedBlockingQueue<>();

    @Override
    public String name() {
        return "heard";
    }

    @Override
    public boolean wants(Notice notice) {
        return true;
    }

    @Override
    public void deliver(Letter letter, Snapshots now) {
        letters.add(letter);
    }
}
