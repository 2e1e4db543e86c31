package io.github.releasepipeline.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A way to PostgreSQL that knows its protocol as far as to see where a round trip ends, and cuts the connection at a chosen
 * one. Round trips of all connections count together; those of making a connection do not.
 */
final class CuttingProxy implements Closeable {
    private static final int SYNC = 'S';
    private static final int SIMPLE_QUERY = 'Q';
    private static final int READY_FOR_QUERY = 'Z';

    /** When the connection is cut. */
    enum Cut {
        /** The server sees nothing of it. */
        BEFORE,
        /** The server gets half of it. */
        WITHIN,
        /** The server has done it and its answer is lost. */
        AFTER
    }

    private final ServerSocket door;
    private final int port;
    private final List<Socket> open = new ArrayList<>();
    private final AtomicInteger trips = new AtomicInteger();
    private volatile int cutAt = Integer.MAX_VALUE;
    private volatile Cut cut = Cut.BEFORE;

    /** @param port the server's */
    CuttingProxy(int port) {
        this.port = port;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** The same database, through here. */
    PGSimpleDataSource way(PGSimpleDataSource database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {door.getInetAddress().getHostAddress()});
        source.setPortNumbers(new int[] {door.getLocalPort()});
        source.setDatabaseName(database.getDatabaseName());
        source.setUser(database.getUser());
        source.setSslMode("disable");
        return source;
    }

    /** Counts from 0 again, and cuts at the round trip with this number, once. */
    void arm(int trip, Cut when) {
        cut = when;
        trips.set(0);
        cutAt = trip;
    }

    /** Cuts no more; tells how many round trips there were. */
    int disarm() {
        cutAt = Integer.MAX_VALUE;
        return trips.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                synchronized (open) {
                    open.addAll(List.of(client, server));
                }
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Link link = new Link(client, server);
                start(link::requests);
                start(link::answers);
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** One connection. */
    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean loseAnswer;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void requests() {
            try {
                DataInputStream in = new DataInputStream(client.getInputStream());
                OutputStream out = server.getOutputStream();
                out.write(message(in, new byte[0])); // who wants to connect; it has no type
                ByteArrayOutputStream trip = new ByteArrayOutputStream();
                for (int type = in.read(); type >= 0; type = in.read()) {
                    trip.write(message(in, new byte[] {(byte) type}));
                    if (type == SYNC) {
                        send(trip.toByteArray(), out);
                        trip.reset();
                    } else if (type == SIMPLE_QUERY) { // the driver's own, while it connects
                        out.write(trip.toByteArray());
                        trip.reset();
                    }
                }
                out.write(trip.toByteArray()); // a farewell
            } catch (IOException e) {
                // One side is gone: so is the other.
            } finally {
                end();
            }
        }

        private void send(byte[] trip, OutputStream out) throws IOException {
            if (trips.getAndIncrement() != cutAt) {
                out.write(trip);
                return;
            }
            switch (cut) {
                case BEFORE -> end();
                case WITHIN -> {
                    out.write(Arrays.copyOf(trip, trip.length / 2));
                    end();
                }
                case AFTER -> {
                    loseAnswer = true;
                    out.write(trip);
                }
            }
        }

        void answers() {
            try {
                DataInputStream in = new DataInputStream(server.getInputStream());
                OutputStream out = client.getOutputStream();
                for (int type = in.read(); type >= 0; type = in.read()) {
                    byte[] answer = message(in, new byte[] {(byte) type});
                    if (!loseAnswer) {
                        out.write(answer);
                    } else if (type == READY_FOR_QUERY) {
                        return;
                    }
                }
            } catch (IOException e) {
                // One side is gone: so is the other.
            } finally {
                end();
            }
        }

        private void end() {
            close(client);
            close(server);
        }
    }

    private static byte[] message(DataInputStream in, byte[] type) throws IOException {
        int length = in.readInt();
        byte[] message = new byte[type.length + length];
        System.arraycopy(type, 0, message, 0, type.length);
        for (int i = 0; i < 4; i++) {
            message[type.length + i] = (byte) (length >>> (24 - 8 * i));
        }
        in.readFully(message, type.length + 4, length - 4);
        return message;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        synchronized (open) {
            open.forEach(CuttingProxy::close);
        }
    }
}
