package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * HTTP server that receives the webhooks of one feed. It answers 2xx only to events that are in the file of the copy. Their
 * order and chain are verified as soon as the earlier ones are there.
 */
final class WebhookListener {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHALLENGE_TYPE = "org.voyage.feed.endpoint-challenge.v1";
    private static final int MAX_BODY_BYTES = 16 << 20;
    /** How long events wait for earlier ones before these are pulled. */
    private static final Duration GAP = Duration.ofSeconds(5);

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_LARGE = 413;
    private static final int REFUSED = 422;

    private record Reply(int status, String text) {}

    private final WebhookVerifier signatures;
    private final FeedPuller puller;
    private final FeedCopy copy;
    private final PrintStream out;

    WebhookListener(WebhookVerifier signatures, FeedPuller puller, FeedCopy copy, PrintStream out) {
        this.signatures = signatures;
        this.puller = puller;
        this.copy = copy;
        this.out = out;
    }

    /** Listens on this machine only; a proxy in front of it ends TLS. */
    void listen(int port) throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        out.printf("listening at http://127.0.0.1:%d/%n", port);
        fillGaps();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = answer(exchange);
            print(reply);
            byte[] text = reply.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", reply.text().startsWith("{") ? "application/json" : "text/plain");
            exchange.sendResponseHeaders(reply.status(), text.length);
            exchange.getResponseBody().write(text);
        }
    }

    private Reply answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            return new Reply(TOO_LARGE, "too large");
        }
        if (!signatures.isSigned(HttpHeaders.of(exchange.getRequestHeaders(), (_, _) -> true), body)) {
            return new Reply(UNAUTHORIZED, "not signed by a key of this receiver");
        }
        JsonNode content = JSON.readTree(body);
        if (content.path("type").asText().equals(CHALLENGE_TYPE)) {
            String token = content.at("/data/token").asText();
            return new Reply(OK, JSON.writeValueAsString(Map.of("token", token)));
        }
        return accept(content.isArray() ? content.valueStream().toList() : List.of(content));
    }

    private synchronized Reply accept(List<JsonNode> events) {
        try {
            // A test event has no number.
            List<JsonNode> numbered =
                    events.stream().filter(event -> event.has("sequence")).toList();
            numbered.forEach(event -> puller.verifier().acceptInAnyOrder(event, copy));
            copy.save();
            return new Reply(OK, numbered.size() + " events");
        } catch (FeedVerifier.BrokenFeedException e) {
            return new Reply(REFUSED, String.valueOf(e.getMessage()));
        }
    }

    private synchronized void print(Reply reply) {
        out.printf(
                "%d %s, %d records, verified up to %s%n",
                reply.status(),
                reply.text(),
                copy.records().size(),
                copy.position().orElse("nothing"));
    }

    /** Pulls events that do not come by themselves: they were set aside, or lost with an older copy. */
    private void fillGaps() throws InterruptedException {
        Optional<String> seen = Optional.empty();
        while (true) {
            Thread.sleep(GAP);
            seen = fillGap(seen);
        }
    }

    private synchronized Optional<String> fillGap(Optional<String> seen) {
        Optional<String> stays = copy.hasWaiting() ? Optional.of(copy.position().orElse("")) : Optional.empty();
        if (stays.isPresent() && stays.equals(seen)) {
            try {
                puller.pullEvents(copy);
                puller.verifier().acceptWaiting(copy);
            } catch (FeedVerifier.BrokenFeedException | ServiceRefusedException | UncheckedIOException e) {
                out.println("the gap stays: " + e.getMessage());
            }
        }
        return stays;
    }
}
