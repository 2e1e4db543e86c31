package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.ResumableTarget;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** The way to a target, on which a seed decides what goes wrong; it notices when a step is repeated blindly. */
final class UnreliableTarget {
    private static final int FATES = 12;

    private final ResumableTarget target;
    private final Random random;
    private final Consumer<String> trace;
    private final Runnable pause;
    private final Set<String> called = new HashSet<>();
    private final Set<String> notDone = new HashSet<>();
    private int faults;
    private long newestToken;
    private Optional<Crash> crash = Optional.empty();

    /** The process that made a call is gone. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        private Crash(String when) {
            super(when);
        }
    }

    /**
     * @param faults how many calls may go wrong
     * @param pause what others do while the caller stands still
     */
    UnreliableTarget(ResumableTarget target, Random random, int faults, Consumer<String> trace, Runnable pause) {
        this.target = target;
        this.random = random;
        this.faults = faults;
        this.trace = trace;
        this.pause = pause;
    }

    ResumableTarget way() {
        return (ResumableTarget) Proxy.newProxyInstance(
                ResumableTarget.class.getClassLoader(), new Class<?>[] {ResumableTarget.class}, this::call);
    }

    /** Makes a call on the caller's thread: if the process is gone in the middle of it, so is the caller. */
    void make(Runnable call) {
        call.run();
        Optional<Crash> crashed = crash;
        crash = Optional.empty();
        crashed.ifPresent(gone -> {
            throw gone;
        });
    }

    private Crash crash(String when) {
        Crash gone = new Crash(when);
        crash = Optional.of(gone);
        return gone;
    }

    private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (arguments != null && arguments[0] instanceof StepCall call) {
            refuseBlindRepeat(call);
        } else if (!method.getName().equals("probe")) {
            return deliver(method, arguments);
        }
        int fate = faults > 0 ? random.nextInt(FATES) : FATES;
        faults -= fate < 7 ? 1 : 0;
        trace.accept(method.getName() + " fate " + fate);
        switch (fate) {
            case 0 -> throw crash("before the call");
            case 1 -> throw AdapterException.passing("The connection was refused", null);
            case 2 -> pause.run();
            case 3 -> deliver(method, arguments);
            default -> {}
        }
        Object reply = deliver(method, arguments);
        switch (fate) {
            case 4 -> throw crash("after the call");
            case 5 -> throw AdapterException.passing("The connection broke before the answer came", null);
            case 6 -> pause.run();
            default -> {}
        }
        if (reply instanceof Probe.NotDone) {
            notDone.add((String) arguments[0]);
        }
        return reply;
    }

    private void refuseBlindRepeat(StepCall call) {
        String key = call.attemptKey();
        if (!called.add(key) && !notDone.remove(key) && !call.step().onlyReads()) {
            throw new AssertionError("Called again without asking what had come of it: " + key);
        }
    }

    private Object deliver(Method method, Object[] arguments) throws Throwable {
        Object reply = invoke(method, arguments);
        if (method.getName().equals("probe")) {
            newestToken = Math.max(newestToken, (long) arguments[1]);
        } else if (arguments != null && arguments[0] instanceof StepCall call) {
            if (call.fencingToken() < newestToken && !(reply instanceof StepOutcome.Fenced)) {
                throw new AssertionError("Accepted under an outdated token: " + call.attemptKey());
            }
            newestToken = Math.max(newestToken, call.fencingToken());
        }
        return reply;
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
