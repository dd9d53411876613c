package org.voyage.feeds.delivery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Receiver of webhooks on a raw socket. It repeats the tokens of challenges; all else its behaviour decides. */
public final class WebhookReceiver implements AutoCloseable {

    private static final String CHALLENGE_TYPE = "org.voyage.feed.endpoint-challenge.v1";

    private final ServerSocket server;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<ReceivedWebhook> received = new CopyOnWriteArrayList<>();
    private final List<ReceivedWebhook> accepted = new CopyOnWriteArrayList<>();
    private volatile Function<ReceivedWebhook, ReceiverBehaviour> behaviour = _ -> ReceiverBehaviour.ACCEPTS;
    private volatile boolean repeatsTokens = true;

    public WebhookReceiver() {
        try {
            this.server = new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::acceptConnections);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/hook";
    }

    int port() {
        return server.getLocalPort();
    }

    void behave(Function<ReceivedWebhook, ReceiverBehaviour> next) {
        behaviour = next;
    }

    public void behave(ReceiverBehaviour next) {
        behave(_ -> next);
    }

    void repeatTokens(boolean repeats) {
        repeatsTokens = repeats;
    }

    /** Returns all events that were read, in the order of their requests, whatever the answer was. */
    List<ReceivedWebhook> received() {
        return received;
    }

    List<ReceivedWebhook> accepted() {
        return accepted;
    }

    List<String> acceptedEvents() {
        List<String> ids = new ArrayList<>();
        accepted.forEach(each -> ids.addAll(each.eventIds()));
        return ids;
    }

    /** Closes all open connections without a word, as a receiver does that starts again. */
    void closeConnections() throws IOException {
        for (Socket each : connections) {
            each.close();
        }
        connections.clear();
    }

    private void acceptConnections() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (ReceivedWebhook request = read(in); request != null; request = read(in)) {
                if (!answer(socket, request)) {
                    return;
                }
            }
        } catch (IOException e) {
            // The other side has gone: as it may.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answer(Socket socket, ReceivedWebhook request) throws IOException, InterruptedException {
        var tree = request.tree();
        if (tree.path("type").asText().equals(CHALLENGE_TYPE)) {
            String token = repeatsTokens ? tree.path("data").path("token").asText() : "what?";
            socket.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Length: " + token.length() + "\r\n\r\n" + token)
                            .getBytes(StandardCharsets.ISO_8859_1));
            return true;
        }
        received.add(request);
        ReceiverBehaviour now = behaviour.apply(request);
        if (now == ReceiverBehaviour.ACCEPTS) {
            accepted.add(request);
        }
        now.answer(socket, request);
        return now.keepsConnection();
    }

    private static @Nullable ReceivedWebhook read(InputStream in) throws IOException {
        String line = readLine(in);
        if (line.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        for (String header = readLine(in); !header.isEmpty(); header = readLine(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new ReceivedWebhook(headers, body);
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
