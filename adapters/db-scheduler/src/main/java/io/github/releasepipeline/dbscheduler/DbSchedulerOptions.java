package io.github.releasepipeline.dbscheduler;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Pattern;

/** How the work is shared. All nodes of a pipeline say the same, but for their own name. Used by one thread. */
public final class DbSchedulerOptions {
    private static final Pattern TABLE = Pattern.compile("([a-z_][a-z0-9_]{0,62}\\.)?[a-z_][a-z0-9_]{0,54}");
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);
    private static final Duration LONGEST_LEASE = Duration.ofHours(1);

    private String table = "release_pipeline_work";
    private Duration lease = Duration.ofSeconds(10);
    private Duration poll = Duration.ofSeconds(1);
    private int releasesAtOnce = 16;
    private String node = host() + "/" + ProcessHandle.current().pid();

    DbSchedulerOptions() {}

    /**
     * The table that holds the orders, made if it is not there; {@code release_pipeline_work} unless said here. Each
     * pipeline in a database has its own.
     *
     * @param value a lower-case name, with its schema in front if it is not to be found otherwise
     */
    public DbSchedulerOptions table(String value) {
        if (!TABLE.matcher(value).matches()) {
            throw new IllegalArgumentException("A table is named with a-z, 0-9 and '_', not '" + value + "'");
        }
        table = value;
        return this;
    }

    /**
     * For how long a node may be silent before its releases are taken over; 10 seconds unless said here. A shorter one finds
     * the dead sooner and takes a node that only paused for dead more often, which is safe and wasteful.
     *
     * @param value 2 seconds to one hour
     */
    public DbSchedulerOptions lease(Duration value) {
        if (value.compareTo(SHORTEST_LEASE) < 0 || value.compareTo(LONGEST_LEASE) > 0) {
            throw new IllegalArgumentException("A lease takes 2 seconds to one hour, not " + value);
        }
        lease = value;
        return this;
    }

    /** How often a node looks for what others left to it; every second unless said here. Its own orders are begun at once. */
    public DbSchedulerOptions poll(Duration value) {
        if (value.compareTo(Duration.ofMillis(10)) < 0) {
            throw new IllegalArgumentException("Nodes look at most every 10 ms, not every " + value);
        }
        poll = value;
        return this;
    }

    /**
     * How many releases this node drives at once; 16 unless said here. Those that wait for a time do not count. On one node
     * at a time one of them is left out while that node tends, which may hang with a forge: let it be two at least.
     */
    public DbSchedulerOptions releasesAtOnce(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("A node drives one release at least, not " + value);
        }
        releasesAtOnce = value;
        return this;
    }

    /** How this node is called in the table; host and process unless said here. For people only. */
    public DbSchedulerOptions node(String value) {
        node = value;
        return this;
    }

    String table() {
        return table;
    }

    Duration lease() {
        return lease;
    }

    Duration poll() {
        return poll;
    }

    int releasesAtOnce() {
        return releasesAtOnce;
    }

    String node() {
        return node;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed host";
        }
    }
}
