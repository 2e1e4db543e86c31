package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.core.engine.AllRows;
import io.github.releasepipeline.store.BuriedLetter;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What could not be told to a notifier and waits for a person: a receiver was gone, or down for days. */
public final class Letters {
    private final Wiring wiring;
    private final Actor actor;

    Letters(Wiring wiring, Actor actor) {
        this.wiring = wiring;
        this.actor = actor;
    }

    /** Letters that will not be tried again unless somebody wants it, newest first. */
    public Page<BuriedLetter> buried(PageRequest page) {
        return wiring.store().outbox().buried(page);
    }

    /** Has a buried letter tried again at once, its tries counted anew. Does nothing if it is not buried (any more). */
    public void resend(Letter letter) {
        requirePermission();
        resend(List.of(letter));
    }

    /**
     * Has all buried letters of one notifier tried again, oldest first: its receiver is back.
     *
     * @return how many
     */
    public int resendAll(String notifier) {
        requirePermission();
        List<Letter> found = new ArrayList<>();
        AllRows.<BuriedLetter>forEach(this::buried, buried -> {
            if (buried.letter().sink().equals(notifier)) {
                found.add(buried.letter());
            }
        });
        Collections.reverse(found);
        resend(found);
        return found.size();
    }

    private void requirePermission() {
        wiring.access().require(actor, Permission.RESEND_LETTER, wiring.source().repository());
    }

    private void resend(List<Letter> letters) {
        letters.forEach(wiring.store().outbox()::resend);
        wiring.pulse().beat();
    }
}
