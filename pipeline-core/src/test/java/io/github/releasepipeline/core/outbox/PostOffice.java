package io.github.releasepipeline.core.outbox;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.Pulse;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.PageRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An outbox with letters to "slack" and "mail". */
final class PostOffice {
    final SettableClock clock = SettableClock.at("2024-03-19T14:23:15Z");
    final MemoryPipelineStore store = new MemoryPipelineStore();
    final Pulse pulse = new Pulse();
    final Engine engine = new Engine(store, List.of(), clock, () -> "id", pulse);
    private final Map<EnvironmentId, ChainHead> heads = new HashMap<>();

    /** Letters about one subject. */
    void post(String... records) {
        Arrays.stream(records).forEach(record -> postAbout("production", record));
    }

    /** A letter to each about an environment. */
    void postAbout(String environment, String id) {
        EnvironmentId subject = new EnvironmentId(new EnvironmentName(environment));
        AuditRecord record = AuditRecord.next(
                heads.getOrDefault(subject, ChainHead.empty()),
                subject,
                id,
                new Stamp(Actor.user("alice"), clock.instant(), Optional.empty()),
                new EnvironmentEvent.Repaired());
        heads.put(subject, record.head());
        store.transact(session -> {
            session.post(List.of(new Letter("slack", record, 0), new Letter("mail", record, 0)));
            return true;
        });
        pulse.beat();
    }

    Lane lane(Ear ear) {
        return new Lane(ear, store.outbox(), engine);
    }

    Relay relay(Ear... ears) {
        return new Relay(store.outbox(), List.of(ears), engine, pulse);
    }

    List<String> buried() {
        return store.outbox().buried(PageRequest.first(10)).rows().stream()
                .map(buried -> buried.letter().key() + ": " + buried.error())
                .toList();
    }
}
