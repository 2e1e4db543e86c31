package io.github.releasepipeline.tck;

import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.work.Run;
import io.github.releasepipeline.work.Runner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A node with releases of which only the token is real. Its runs do what a test told them to, and end the release
 * otherwise; it keeps a list of everything that it was asked for. Thread-safe.
 */
public final class ScriptedRunner implements Runner {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<ReleaseId, Long> running;
    private final Map<ReleaseId, Queue<Function<Run, Optional<Duration>>>> script = new ConcurrentHashMap<>();
    private final Map<Run, AtomicInteger> driven;
    private final BlockingQueue<Run> begun = new LinkedBlockingQueue<>();
    private final List<Run> takenOver = new CopyOnWriteArrayList<>();
    private final List<String> wrong;
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger tends = new AtomicInteger();

    /** A node of its own. */
    public ScriptedRunner() {
        this.running = new ConcurrentHashMap<>();
        this.driven = new ConcurrentHashMap<>();
        this.wrong = new CopyOnWriteArrayList<>();
    }

    /** Another node of the same releases. */
    public ScriptedRunner(ScriptedRunner other) {
        this.running = other.running;
        this.driven = other.driven;
        this.wrong = other.wrong;
    }

    /** A release is started, under its first token. */
    public Run start(String release) {
        Run run = new Run(new ReleaseId(release), 1);
        running.put(run.release(), run.token());
        return run;
    }

    /** What the next run of a release that nothing was said about yet does, and answers. */
    public void next(Run run, Supplier<Optional<Duration>> answer) {
        next(run.release(), same -> answer.get());
    }

    private void next(ReleaseId release, Function<Run, Optional<Duration>> answer) {
        synchronized (script) {
            script.computeIfAbsent(release, key -> new ArrayDeque<>()).add(answer);
        }
    }

    /** The next run of a release takes until the latch is opened, and ends the release. */
    public void hold(Run run, CountDownLatch until) {
        next(run.release(), same -> {
            await(until);
            running.remove(run.release(), same.token());
            return Optional.empty();
        });
    }

    @Override
    public Optional<Duration> run(Run run) {
        AtomicInteger now = driven.computeIfAbsent(run, key -> new AtomicInteger());
        if (now.incrementAndGet() > 1) {
            wrong.add(run + " was driven twice at once");
        }
        try {
            begun.add(run);
            return answer(run);
        } finally {
            now.decrementAndGet();
        }
    }

    private Optional<Duration> answer(Run run) {
        Function<Run, Optional<Duration>> answer;
        synchronized (script) {
            answer = script.getOrDefault(run.release(), new ArrayDeque<>()).poll();
        }
        if (answer != null) {
            return answer.apply(run);
        }
        running.remove(run.release(), run.token());
        return Optional.empty();
    }

    @Override
    public Optional<Run> takeOver(ReleaseId release) {
        Long token = running.computeIfPresent(release, (same, before) -> before + 1);
        if (token == null) {
            return Optional.empty();
        }
        Run run = new Run(release, token);
        takenOver.add(run);
        return Optional.of(run);
    }

    @Override
    public void look(Consumer<Run> found) {
        looks.incrementAndGet();
        running.forEach((release, token) -> found.accept(new Run(release, token)));
    }

    @Override
    public void tend() {
        tends.incrementAndGet();
    }

    /** The next run that was begun here and not asked for yet. */
    public Run begun() {
        return begunWithin(PATIENCE).orElseThrow(() -> new AssertionError("Nothing was run"));
    }

    /** The same, if one begins in time. */
    public Optional<Run> begunWithin(Duration time) {
        try {
            return Optional.ofNullable(begun.poll(time.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** What was taken over here. */
    public List<Run> takenOver() {
        return List.copyOf(takenOver);
    }

    /** What no work sharing may do, and this one did. */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** How often somebody looked. */
    public int looks() {
        return looks.get();
    }

    /** How often somebody tended. */
    public int tends() {
        return tends.get();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("nobody opened the latch");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
