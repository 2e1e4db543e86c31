package io.github.releasepipeline.jakarta.inject;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.notify.Letter;
import io.github.releasepipeline.notify.Notifier;
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
    public boolean wants(AuditRecord record) {
        return true;
    }

    @Override
    public void deliver(Letter letter) {
        letters.add(letter);
    }
}
