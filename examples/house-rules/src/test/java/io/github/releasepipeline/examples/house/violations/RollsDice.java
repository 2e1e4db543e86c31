package io.github.releasepipeline.examples.house.violations;

import java.security.SecureRandom;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes ids and chance by itself. */
public final class RollsDice {
    String id() {
        return UUID.randomUUID().toString();
    }

    double roll() {
        return Math.random()
                + ThreadLocalRandom.current().nextDouble()
                + new Random().nextInt()
                + new SecureRandom().nextInt();
    }
}
