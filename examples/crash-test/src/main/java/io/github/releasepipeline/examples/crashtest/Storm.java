package io.github.releasepipeline.examples.crashtest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Faults, one after the other and some at a time, of a kind and at a moment that chance chooses. */
final class Storm {
    /** A worker's place: its way to the database stays when the process is replaced. */
    private static final class Place {
        private final int number;
        private final Proxy way;
        private WorkerProcess worker;
        private int generation;
        private long begun = System.nanoTime();

        Place(int number, Proxy way, WorkerProcess worker) {
            this.number = number;
            this.way = way;
            this.worker = worker;
        }
    }

    private static final Duration SETTLED = Duration.ofSeconds(10);

    private final Postgres postgres;
    private final Path folder;
    private final Duration lease;
    private final Random random;
    private final Tally tally;
    private final Watch watch;
    private final List<Place> places = new ArrayList<>();

    Storm(Postgres postgres, Path folder, Duration lease, Random random, Tally tally, Watch watch) {
        this.postgres = postgres;
        this.folder = folder;
        this.lease = lease;
        this.random = random;
        this.tally = tally;
        this.watch = watch;
    }

    void begin(int workers) throws IOException {
        for (int number = 1; number <= workers; number++) {
            Proxy way = new Proxy(postgres.port());
            places.add(new Place(number, way, start(number, 0, way)));
        }
    }

    private WorkerProcess start(int number, int generation, Proxy way) throws IOException {
        return WorkerProcess.start(
                "worker-" + number + "." + generation, way, folder, lease.toMillis(), random.nextLong(), tally::heard);
    }

    private void replace(Place place) throws IOException {
        place.generation++;
        place.worker = start(place.number, place.generation, place.way);
        place.begun = System.nanoTime();
    }

    /** Whether others are up who could go on with what a node holds; one that is just starting is none of them. */
    private boolean othersAreUp(Place place) {
        return places.stream()
                .filter(other -> other != place)
                .anyMatch(other -> System.nanoTime() - other.begun > SETTLED.toNanos());
    }

    /** One fault. */
    void strike() throws IOException, InterruptedException {
        Place place = places.get(random.nextInt(places.size()));
        if (!place.worker.lives()) {
            tally.violation(place.worker.name() + " ended by itself, see its log in " + folder);
            replace(place);
        }
        int chance = random.nextInt(100);
        if (chance < 24) {
            kill(place);
        } else if (chance < 44) {
            sleep(place);
        } else if (chance < 74) {
            place.way.cut();
            tally.count("faults: connections cut");
        } else if (chance < 86) {
            goDead(place);
        } else if (chance < 94) {
            postgres.restart();
            tally.count("faults: database restarted");
        } else {
            close(place);
        }
        pause(100 + random.nextInt(700));
    }

    private void kill(Place place) throws IOException, InterruptedException {
        boolean watched = random.nextInt(4) == 0 && othersAreUp(place);
        Watch.Held held = watched ? watch.held(place.worker.name()) : Watch.Held.NOTHING;
        place.worker.kill();
        tally.count("faults: node killed (SIGKILL)");
        if (watched) {
            watch.goesOn(held, lease); // in quiet, so that nothing else delays it
        }
        replace(place);
    }

    private void sleep(Place place) throws IOException, InterruptedException {
        place.worker.stop();
        pause(lease.toMillis() + 500 + random.nextInt(4_000));
        place.worker.goOn();
        tally.count("faults: node stopped for longer than its lease (SIGSTOP)");
    }

    private void goDead(Place place) throws InterruptedException {
        place.way.die();
        pause(random.nextInt((int) lease.toMillis() * 2));
        place.way.revive();
        tally.count("faults: connections dead without a word");
    }

    /** As when a new version of the host is rolled out. */
    private void close(Place place) throws IOException, InterruptedException {
        place.worker.end().ifPresent(tally::violation);
        tally.count("faults: node closed and started again");
        replace(place);
    }

    /** People begin nothing new. */
    void drain() throws IOException {
        for (Place place : places) {
            place.worker.drain();
        }
    }

    void end() throws IOException, InterruptedException {
        for (Place place : places) {
            place.worker.end().ifPresent(tally::violation);
            place.way.close();
        }
    }

    private static void pause(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }
}
