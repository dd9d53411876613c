package org.voyage.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** HTTP server in the place of a service: it records what it is asked, and answers in each way that a service does. */
final class RecordingService implements AutoCloseable {
    static final long LARGE_BYTES = 200L << 20;
    private static final byte[] BLOCK = new byte[1 << 16];

    /** Request as the service got it. */
    record Received(String method, String uri, Headers headers) {}

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger openStreams = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    private RecordingService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    static RecordingService start() throws IOException {
        RecordingService started = new RecordingService();
        started.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        started.server.createContext("/v1/record", started::answerText);
        started.server.createContext("/q/metrics", started::answerText);
        started.server.createContext("/v1/batches", RecordingService::countBody);
        started.server.createContext("/v1/late", started::answerLate);
        started.server.createContext("/v1/large", RecordingService::sendLarge);
        started.server.createContext("/v1/stream", started::streamEvents);
        started.server.createContext("/v1/packed", RecordingService::sendPacked);
        started.server.start();
        return started;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Received> received() {
        return received;
    }

    Received last() {
        return received.getLast();
    }

    int openStreams() {
        return openStreams.get();
    }

    private void answerText(HttpExchange exchange) throws IOException {
        received.add(new Received(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders()));
        exchange.getRequestBody().readAllBytes();
        send(exchange, 200, "recorded".getBytes(StandardCharsets.UTF_8));
    }

    /** Answers after a silence, as long work does. */
    private void answerLate(HttpExchange exchange) throws IOException {
        try {
            if (closed.await(3, TimeUnit.SECONDS)) {
                exchange.close();
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        send(exchange, 200, "late".getBytes(StandardCharsets.UTF_8));
    }

    private static void countBody(HttpExchange exchange) throws IOException {
        long count = 0;
        InputStream body = exchange.getRequestBody();
        for (int read = body.read(BLOCK); read >= 0; read = body.read(BLOCK)) {
            count += read;
        }
        // As Quarkus does, with the host that the request named.
        String host = exchange.getRequestHeaders().getFirst("Host");
        exchange.getResponseHeaders().set("Location", "http://" + host + "/v1/batches/7");
        exchange.getResponseHeaders().set("Link", "</v1/batches/7/rows>; rel=\"item\"");
        send(exchange, 201, Long.toString(count).getBytes(StandardCharsets.UTF_8));
    }

    private static void sendLarge(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, LARGE_BYTES);
            OutputStream out = exchange.getResponseBody();
            for (long sent = 0; sent < LARGE_BYTES; sent += BLOCK.length) {
                out.write(BLOCK);
            }
        }
    }

    /** Sends an event, and then a comment all the time, until no client reads. */
    private void streamEvents(HttpExchange exchange) {
        openStreams.incrementAndGet();
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write("data: first\n\n".getBytes(StandardCharsets.UTF_8));
            do {
                out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
            } while (!closed.await(20, TimeUnit.MILLISECONDS));
        } catch (IOException | InterruptedException e) {
            // The reader has gone.
        } finally {
            openStreams.decrementAndGet();
        }
    }

    private static void sendPacked(HttpExchange exchange) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("packed by the service".getBytes(StandardCharsets.UTF_8));
        }
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("ETag", "\"7\"");
        send(exchange, 200, packed.toByteArray());
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
