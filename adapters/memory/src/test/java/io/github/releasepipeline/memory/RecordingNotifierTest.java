package io.github.releasepipeline.memory;

import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.tck.NotifierContract;
import io.github.releasepipeline.tck.NotifierFixture;
import java.util.List;

class RecordingNotifierTest extends NotifierContract {
    @Override
    protected NotifierFixture newFixture() {
        RecordingNotifier notifier = RecordingNotifier.ofEverything("team");
        return new NotifierFixture() {
            @Override
            public Notifier notifier() {
                return notifier;
            }

            @Override
            public void receiver(Mood mood) {
                switch (mood) {
                    case WELL -> notifier.failNext(0);
                    case BUSY, THROTTLED, SLOW, GARBAGE, CUT -> notifier.failNext(1_000);
                    case GONE -> notifier.refuseNext(1_000);
                }
            }

            @Override
            public List<String> received() {
                return notifier.letters().stream()
                        .map(letter -> letter.record().canonical())
                        .toList();
            }

            @Override
            public List<String> secrets() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }
}
