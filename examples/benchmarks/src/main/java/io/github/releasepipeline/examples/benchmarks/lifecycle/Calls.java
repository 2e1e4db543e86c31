package io.github.releasepipeline.examples.benchmarks.lifecycle;

import java.util.Arrays;
import java.util.concurrent.Callable;

/** How long each of many calls took. Used by one thread. */
final class Calls {
    private long[] nanos = new long[1024];
    private int size;

    /** Makes a call and remembers how long it took. */
    <R> R time(Callable<R> call) throws Exception {
        long begin = System.nanoTime();
        R answer = call.call();
        add(System.nanoTime() - begin);
        return answer;
    }

    void add(long took) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = took;
    }

    void addAll(Calls others) {
        for (int i = 0; i < others.size; i++) {
            add(others.nanos[i]);
        }
    }

    int size() {
        return size;
    }

    /** The time, in milliseconds, that a share of all calls did not exceed; 0 if there were none. */
    double millis(double share) {
        if (size == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(size - 1L, (long) Math.ceil(share * size) - 1)] / 1e6;
    }
}
