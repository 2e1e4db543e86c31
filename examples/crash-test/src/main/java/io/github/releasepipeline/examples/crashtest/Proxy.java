package io.github.releasepipeline.examples.crashtest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One worker's way to the database: it can be cut, or go dead without saying so. */
final class Proxy implements AutoCloseable {
    private final ServerSocket door;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Object flow = new Object();
    private boolean dead;

    /** @param port the database's */
    Proxy(int port) throws IOException {
        this.port = port;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** All connections are gone at once; new ones may come. */
    void cut() {
        open.forEach(Proxy::close);
        open.clear();
    }

    /** Nothing goes through any more, and nobody is told. */
    void die() {
        synchronized (flow) {
            dead = true;
        }
    }

    /** New connections work again; those that were dead are gone. */
    void revive() {
        cut();
        synchronized (flow) {
            dead = false;
            flow.notifyAll();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                thread(() -> connect(client));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new IllegalStateException("The proxy is broken", e);
                }
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        open.add(client);
        open.add(server);
        try {
            through();
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
            thread(() -> pump(server, client));
            pump(client, server);
        } catch (IOException e) {
            end(client, server); // the database is away: so is this connection
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] bytes = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                through();
                out.write(bytes, 0, read);
            }
        } catch (IOException e) {
            // One side is gone; the other one goes with it.
        } finally {
            end(from, to);
        }
    }

    private void through() {
        synchronized (flow) {
            boolean interrupted = false;
            while (dead && !interrupted) {
                try {
                    flow.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    interrupted = true;
                }
            }
        }
    }

    private void end(Socket one, Socket other) {
        close(one);
        close(other);
        open.remove(one);
        open.remove(other);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("A socket cannot be closed", e);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        revive();
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
