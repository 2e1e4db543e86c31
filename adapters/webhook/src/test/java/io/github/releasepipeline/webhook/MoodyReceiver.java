package io.github.releasepipeline.webhook;

import io.github.releasepipeline.tck.NotifierFixture.Mood;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receives over a bare socket, so that it can say what is no HTTP, or nothing at all. */
final class MoodyReceiver implements AutoCloseable {
    private final ServerSocket door;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    final List<Message> messages = new CopyOnWriteArrayList<>();
    volatile Mood mood = Mood.WELL;

    /** A message that was taken. */
    record Message(String target, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    MoodyReceiver() {
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::welcome);
    }

    URI address(String path) {
        return URI.create("http://localhost:" + door.getLocalPort() + path);
    }

    private void welcome() throws IOException {
        while (true) {
            Socket guest = door.accept();
            open.add(guest);
            start(() -> serve(guest));
        }
    }

    private void serve(Socket guest) throws IOException {
        Message message = read(new DataInputStream(guest.getInputStream()));
        switch (mood) {
            case WELL -> {
                messages.add(message);
                answer(guest, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
            }
            case BUSY -> answer(guest, status("503 Service Unavailable"));
            case THROTTLED ->
                answer(
                        guest,
                        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\n"
                                + "Content-Length: 0\r\nConnection: close\r\n\r\n");
            case GONE -> answer(guest, status("410 Gone"));
            case GARBAGE -> answer(guest, "\u0000\u0001 250 this is not HTTP\r\n\r\n");
            case CUT -> {
                messages.add(message);
                guest.close();
            }
            case SLOW -> {}
        }
    }

    private static String status(String status) {
        return "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    }

    private static void answer(Socket guest, String text) throws IOException {
        guest.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        guest.getOutputStream().flush();
        guest.close();
    }

    private static Message read(DataInputStream in) throws IOException {
        String target = line(in).split(" ")[1];
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            headers.put(
                    line.substring(0, line.indexOf(':')),
                    line.substring(line.indexOf(':') + 1).strip());
        }
        byte[] body = new byte[Integer.parseInt(headers.getOrDefault("Content-Length", "0"))];
        in.readFully(body);
        return new Message(target, headers, body);
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // somebody hung up, which is what this server is for
                    }
                },
                "moody-receiver");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
