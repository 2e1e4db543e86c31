package io.github.releasepipeline.examples.house;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/** What may not be called. */
final class Calls {
    private static final Set<String> CHANCE = Set.of(
            Random.class.getName(),
            SplittableRandom.class.getName(),
            ThreadLocalRandom.class.getName(),
            "java.security.SecureRandom",
            "java.util.random.RandomGenerator",
            Calendar.class.getName());

    private static final Set<String> PER_THREAD =
            Set.of(ThreadLocal.class.getName(), InheritableThreadLocal.class.getName());

    static final ArchCondition<JavaClass> NOT_ASK_CLOCK_OR_CHANCE =
            access("not ask a clock or chance", Calls::asksClockOrChance);

    static final ArchCondition<JavaClass> NOT_OPEN_TRANSACTIONS = access(
            "not open transactions", access -> is(access, "io.github.releasepipeline.store.PipelineStore", "transact"));

    static final ArchCondition<JavaClass> NOT_DO_WHAT_IS_BANNED = access("not do what is banned", Calls::isBanned);

    private Calls() {}

    private static boolean asksClockOrChance(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        boolean argumentless = access.getTarget().getFullName().endsWith("()");
        return CHANCE.contains(owner)
                || is(access, System.class.getName(), "nanoTime")
                || is(access, System.class.getName(), "currentTimeMillis")
                || is(access, Math.class.getName(), "random")
                || is(access, "java.util.UUID", "randomUUID")
                || is(access, Date.class.getName(), "<init>") && argumentless
                || owner.startsWith("java.time.") && access.getName().equals("now") && takesNoClock(access)
                || owner.equals(Clock.class.getName())
                        && (access.getName().startsWith("system")
                                || access.getName().startsWith("tick"))
                        && !access.getTarget().getFullName().contains(Clock.class.getName() + ",");
    }

    /** {@code now(Clock)} is told the time; {@code now()} and {@code now(ZoneId)} ask for it. */
    private static boolean takesNoClock(JavaAccess<?> access) {
        return !access.getTarget().getFullName().endsWith("(" + Clock.class.getName() + ")");
    }

    private static boolean isBanned(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        return PER_THREAD.contains(owner)
                || owner.startsWith("java.util.logging.")
                || owner.startsWith("java.lang.System$Logger")
                || is(access, System.class.getName(), "out")
                || is(access, System.class.getName(), "err")
                || is(access, System.class.getName(), "getLogger")
                || is(access, System.class.getName(), "exit")
                || is(access, Thread.class.getName(), "sleep")
                || is(access, "java.util.concurrent.TimeUnit", "sleep")
                || access.getTarget().getFullName().endsWith(".printStackTrace()");
    }

    private static boolean is(JavaAccess<?> access, String owner, String name) {
        return access.getTargetOwner().getName().equals(owner)
                && access.getName().equals(name);
    }

    private static ArchCondition<JavaClass> access(String words, Predicate<JavaAccess<?>> wrong) {
        return Facts.should(
                words, type -> type.getAccessesFromSelf().stream().filter(wrong).map(JavaAccess::getDescription));
    }
}
