package io.github.releasepipeline.examples.notifiers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that refuses everything and repeats what it was told: as HTTP, or as a mail server that it pretends to be. */
final class Parrot implements AutoCloseable {
    private final ServerSocket door;

    private interface Talk {
        void with(Socket guest, BufferedReader said) throws IOException;
    }

    private Parrot(Talk talk) {
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(() -> welcome(talk), "parrot");
        thread.setDaemon(true);
        thread.start();
    }

    /** Answers a status, with the request as its text and its target as the place to go. */
    static Parrot http(int status) {
        return new Parrot((guest, said) -> {
            StringBuilder request = new StringBuilder();
            for (String line = said.readLine(); line != null && !line.isEmpty(); line = said.readLine()) {
                request.append(line).append("\r\n");
            }
            String target = request.toString().split(" ")[1];
            say(
                    guest,
                    "HTTP/1.1 " + status + " No\r\nContent-Type: text/plain\r\nLocation: http://elsewhere.example"
                            + target + "\r\nConnection: close\r\nContent-Length: " + request.length() + "\r\n\r\n"
                            + request);
        });
    }

    static Parrot smtp() {
        return new Parrot((guest, said) -> {
            say(guest, "220 parrot\r\n");
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                boolean hello = line.startsWith("EHLO");
                say(guest, hello ? "250-parrot\r\n250 AUTH PLAIN LOGIN\r\n" : "535 you said " + line + "\r\n");
            }
        });
    }

    int port() {
        return door.getLocalPort();
    }

    private void welcome(Talk talk) {
        while (!door.isClosed()) {
            try (Socket guest = door.accept()) {
                talk.with(
                        guest,
                        new BufferedReader(new InputStreamReader(guest.getInputStream(), StandardCharsets.ISO_8859_1)));
            } catch (IOException e) {
                // the guest hung up, or the door was closed
            }
        }
    }

    private static void say(Socket guest, String text) throws IOException {
        guest.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        guest.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
