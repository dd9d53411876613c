package org.voyage.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** HTTP server that answers with the feed of the contract's examples, and refuses requests as a test says. */
final class ScriptedPlatform implements AutoCloseable {

    static final String PATH = "/v1/feeds/0k2m9q4tq8b1v7r";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern AFTER = Pattern.compile("after=([0-9-]+)");
    private static final Pattern LIMIT = Pattern.compile("limit=([0-9]+)");
    private static final int STREAM_EVENTS = 20;

    /** Paths of requests, each with the token and Last-Event-ID. */
    final List<String> requests = new CopyOnWriteArrayList<>();
    /** Statuses of the next answers. */
    final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();

    final List<JsonNode> events = new ArrayList<>(ExampleFeed.readEvents().subList(0, 43));
    /** Number of events so far, and of the oldest ones that are deleted. */
    final AtomicInteger head = new AtomicInteger(events.size());

    final AtomicInteger deleted = new AtomicInteger();
    /** While it is 1, a page of events begins with blanks that come one after another. */
    volatile CountDownLatch dripping = new CountDownLatch(0);

    private final AtomicInteger tokens = new AtomicInteger();
    private final HttpServer server;

    private ScriptedPlatform(HttpServer server) {
        this.server = server;
    }

    static ScriptedPlatform start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ScriptedPlatform platform = new ScriptedPlatform(server);
        server.createContext("/", platform::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return platform;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns a copy of the first events, made by the library in Java. */
    FeedCopy copyOf(int count, Path folder) {
        FeedCopy copy = new FeedCopy(folder);
        FeedVerifier verifier = new FeedVerifier(ExampleFeed.keys(ExampleFeed.KEY));
        ExampleFeed.readEvents().subList(0, count).forEach(event -> copy.accept(event, verifier));
        return copy;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().toString();
            if (path.equals("/token")) {
                send(exchange, 200, JSON.createObjectNode().put("access_token", "token-" + tokens.incrementAndGet()));
                return;
            }
            Optional<String> last =
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
            requests.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization")
                    + last.map(it -> " " + it).orElse(""));
            @Nullable Integer refusal = refusals.poll();
            if (refusal != null) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                send(exchange, refusal, JSON.createObjectNode());
            } else if (path.endsWith("keys")) {
                send(exchange, 200, ExampleFeed.keys(ExampleFeed.KEY));
            } else if (path.startsWith(PATH + "/events")) {
                sendPage(exchange, path);
            } else if (path.startsWith(PATH + "/snapshot")) {
                sendSnapshot(exchange, path.contains("cursor="));
            } else {
                stream(exchange, indexAfter(last.orElse("")));
            }
        }
    }

    private int indexAfter(String position) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).path("id").asText().equals(position)) {
                return i + 1;
            }
        }
        return 0;
    }

    private void sendPage(HttpExchange exchange, String path) throws IOException {
        Matcher after = AFTER.matcher(path);
        Matcher limit = LIMIT.matcher(path);
        boolean hasPosition = after.find();
        int from = hasPosition ? indexAfter(after.group(1)) : deleted.get();
        if (from < deleted.get()) {
            send(exchange, 410, JSON.createObjectNode());
            return;
        }
        int size = limit.find() ? Integer.parseInt(limit.group(1)) : 100;
        ArrayNode page = JSON.createArrayNode();
        page.addAll(events.subList(from, Math.max(from, Math.min(head.get(), from + size))));
        if (dripping.getCount() == 0) {
            send(exchange, 200, page);
        } else {
            dripPage(exchange, page);
        }
    }

    private void dripPage(HttpExchange exchange, JsonNode page) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try {
            while (!dripping.await(100, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        exchange.getResponseBody().write(JSON.writeValueAsBytes(page));
    }

    /** Sends the records in two pages. */
    private void sendSnapshot(HttpExchange exchange, boolean isSecond) throws IOException {
        FeedCopy copy = copyOf(deleted.get(), Path.of("none"));
        List<String> names = List.copyOf(copy.records().keySet());
        ObjectNode page =
                JSON.createObjectNode().put("position", copy.position().orElseThrow());
        ArrayNode items = page.putArray("items");
        int half = names.size() / 2;
        for (String name : isSecond ? names.subList(half, names.size()) : names.subList(0, half)) {
            items.addObject().put("record", name).set("state", copy.records().get(name));
        }
        if (!isSecond) {
            page.put("next", "a+b/c=");
        }
        send(exchange, 200, page);
    }

    /** Streams some events, which no pull has had, and breaks off; after the last one the feed is gone. */
    private void stream(HttpExchange exchange, int from) throws IOException {
        if (from == events.size()) {
            send(exchange, 404, JSON.createObjectNode());
            return;
        }
        head.set(Math.min(events.size(), from + STREAM_EVENTS));
        StringBuilder text = new StringBuilder(":still here\n\n");
        for (JsonNode event : events.subList(from, head.get())) {
            text.append("id:%s\nevent:%s\ndata:%s\n\n"
                    .formatted(event.path("id").asText(), event.at("/data/kind").asText(), event));
        }
        text.append("event:end\ndata:{\"reason\":\"token-expired\"}\n\n");
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, JsonNode content) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(content);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        dripping.countDown();
        server.stop(0);
    }
}
