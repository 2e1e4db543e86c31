package io.github.releasepipeline.core.environment;

import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;

/** When a person may raise an environment's fencing token. */
public final class TokenRules {
    /** Far beyond what takeovers can use up, and exact in every JSON. */
    static final long HIGHEST = 1L << 53;

    private TokenRules() {}

    /** Raises the token to one that the target knows already. */
    public static Decision raise(Environment environment, long to) {
        if (environment.running().isPresent()) {
            return Decision.refuse(
                    "token.slot-is-free",
                    "Release " + environment.running().get() + " runs in " + environment.name() + " under token "
                            + environment.fencingToken() + "; wait until it has ended");
        }
        if (to <= environment.fencingToken() || to > HIGHEST) {
            return Decision.refuse(
                    "token.rises",
                    environment.name() + " is at token " + environment.fencingToken()
                            + "; it can be raised to a higher one, " + HIGHEST + " at most, not to " + to);
        }
        return Decision.accept(new EnvironmentEvent.TokenRaised(to));
    }
}
