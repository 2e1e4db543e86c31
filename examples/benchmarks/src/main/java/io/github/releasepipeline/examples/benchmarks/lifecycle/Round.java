package io.github.releasepipeline.examples.benchmarks.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What came of some threads that brought one release after the other to its end for a while.
 *
 * @param calls the calls of people
 * @param lifecycles whole releases
 * @param took how long it was until the last thread had ended its last release
 */
record Round(Calls calls, Calls lifecycles, Duration took) {
    /** @param time no release but each thread's first begins after it */
    static Round run(Contender contender, int threads, Duration time) throws Exception {
        ExecutorService loops = Executors.newFixedThreadPool(threads);
        try {
            long begin = System.nanoTime();
            List<Future<Loop>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                running.add(loops.submit(() -> loop(contender, number, begin + time.toNanos())));
            }
            Calls calls = new Calls();
            Calls lifecycles = new Calls();
            for (Future<Loop> loop : running) {
                calls.addAll(loop.get().calls);
                lifecycles.addAll(loop.get().lifecycles);
            }
            return new Round(calls, lifecycles, Duration.ofNanos(System.nanoTime() - begin));
        } finally {
            loops.shutdownNow();
        }
    }

    double perSecond() {
        return lifecycles.size() * 1e9 / took.toNanos();
    }

    private record Loop(Calls calls, Calls lifecycles) {}

    private static Loop loop(Contender contender, int thread, long until) throws Exception {
        Calls calls = new Calls();
        Calls lifecycles = new Calls();
        do {
            lifecycles.time(() -> {
                contender.lifecycle(thread, calls);
                return true;
            });
        } while (System.nanoTime() - until < 0);
        return new Loop(calls, lifecycles);
    }
}
