package io.github.releasepipeline.email;

import io.github.releasepipeline.tck.NotifierFixture.Mood;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands before a real mail server: passes on what is said, or behaves badly on order. */
final class MoodySmtp implements AutoCloseable {
    private final ServerSocket door;
    private final int behind;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    volatile Mood mood = Mood.WELL;
    private volatile String refused = "nobody@nowhere.example";

    MoodySmtp(int behind) {
        this.behind = behind;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::welcome);
    }

    /** One recipient is unknown here, whatever the mood. */
    void refuse(String recipient) {
        refused = recipient;
    }

    int port() {
        return door.getLocalPort();
    }

    private void welcome() throws IOException {
        while (true) {
            Socket guest = door.accept();
            open.add(guest);
            Mood now = mood;
            start(() -> serve(guest, now));
        }
    }

    private void serve(Socket guest, Mood now) throws IOException {
        switch (now) {
            case WELL, CUT, THROTTLED, GONE -> converse(guest, now);
            case BUSY -> say(guest, "421 4.3.2 too busy\r\n");
            case GARBAGE ->
                say(guest, "HTTP/1.1 400 Bad Request\r\nServer: proxy\r\n\r\n<html>no mail here</html>\r\n");
            case SLOW -> {}
        }
        if (now == Mood.BUSY || now == Mood.GARBAGE) {
            guest.close();
        }
    }

    /** Line by line; an answer to a mail's end is swallowed when the connection is to be cut. */
    private void converse(Socket guest, Mood now) throws IOException {
        try (guest;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            open.add(server);
            BufferedReader fromGuest = reader(guest);
            BufferedReader fromServer = reader(server);
            answer(fromServer, guest);
            boolean data = false;
            for (String line = fromGuest.readLine(); line != null; line = fromGuest.readLine()) {
                if (now == Mood.THROTTLED && line.startsWith("MAIL FROM")) {
                    say(guest, "451 4.7.1 too much mail, come again later\r\n");
                    continue;
                }
                if (line.startsWith("RCPT TO") && (now == Mood.GONE || line.contains(refused))) {
                    say(guest, "550 5.1.1 no such mailbox\r\n");
                    continue;
                }
                say(server, line + "\r\n");
                if (data && !line.equals(".")) {
                    continue;
                }
                if (data && now == Mood.CUT) {
                    fromServer.readLine(); // the real server has taken it
                    return;
                }
                String answered = answer(fromServer, guest);
                data = line.equals("DATA") && answered.startsWith("354");
            }
        }
    }

    private static String answer(BufferedReader from, Socket to) throws IOException {
        String line;
        do {
            line = from.readLine();
            if (line == null) {
                return "";
            }
            say(to, line + "\r\n");
        } while (line.length() > 3 && line.charAt(3) == '-');
        return line;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static void say(Socket to, String text) throws IOException {
        OutputStream out = to.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
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
                "moody-smtp");
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
