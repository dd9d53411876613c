package org.voyage.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Receiver of the webhooks of one feed. It answers 2xx only to events that are in the file of the copy. */
public final class WebhookReceiver {

    private static final System.Logger LOG = System.getLogger(WebhookReceiver.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHALLENGE_TYPE = "org.voyage.feed.endpoint-challenge.v1";
    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    /** The platform waits 15 s for an answer. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private static final int MAX_BODY_BYTES = 16 << 20;

    private final FeedClient client;
    private final Path keys;
    private final ExecutorService threads = Executors.newCachedThreadPool(WebhookReceiver::createDaemon);

    /** Answer to a request. */
    public record ReceiverAnswer(int status, String text) {}

    /** @param keys file of the keys, one on a line; it is read at each request */
    public WebhookReceiver(FeedClient client, Path keys) {
        this.client = client;
        this.keys = keys;
    }

    private static Thread createDaemon(Runnable task) {
        Thread thread = new Thread(task, "voyage-webhooks");
        thread.setDaemon(true);
        return thread;
    }

    /** Listens on this machine only; a proxy in front of it ends TLS. */
    public void listen(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        LOG.log(System.Logger.Level.INFO, "listening at http://127.0.0.1:" + port + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
            ReceiverAnswer reply = body.length > MAX_BODY_BYTES
                    ? new ReceiverAnswer(413, "too large")
                    : handle(HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true), body);
            byte[] text = reply.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", reply.text().startsWith("{") ? "application/json" : "text/plain");
            exchange.sendResponseHeaders(reply.status(), text.length);
            exchange.getResponseBody().write(text);
            LOG.log(
                    System.Logger.Level.INFO,
                    "%d %s, %d records, verified up to %s"
                            .formatted(
                                    reply.status(),
                                    reply.text(),
                                    client.copy().records().size(),
                                    client.copy().position().orElse("nothing")));
        }
    }

    /** Handles one request of any HTTP server. */
    public ReceiverAnswer handle(HttpHeaders headers, byte[] body) {
        try {
            if (!isSigned(headers, body, Instant.now())) {
                return new ReceiverAnswer(401, "not signed by a key of this receiver");
            }
            JsonNode content = JSON.readTree(body);
            if (content.path("type").asText().equals(CHALLENGE_TYPE)) {
                String token = content.at("/data/token").asText();
                return new ReceiverAnswer(200, JSON.writeValueAsString(Map.of("token", token)));
            }
            List<JsonNode> events = new ArrayList<>();
            (content.isArray() ? content : JSON.createArrayNode().add(content)).forEach(events::add);
            // A test event has no number.
            events.removeIf(event -> !event.has("sequence"));
            storeEvents(events);
            return new ReceiverAnswer(200, events.size() + " events");
        } catch (BrokenFeedException | JsonProcessingException | IllegalArgumentException e) {
            return new ReceiverAnswer(422, String.valueOf(e.getMessage()));
        } catch (IOException | UncheckedIOException | FeedRefusedException e) {
            return new ReceiverAnswer(503, String.valueOf(e.getMessage()));
        }
    }

    /** Stores events. Where earlier ones are missing, it pulls these and all that follow, which goes on after a 503. */
    private void storeEvents(List<JsonNode> events) throws IOException {
        try {
            CompletableFuture.runAsync(() -> acceptOrPull(events), threads)
                    .get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("earlier events are being pulled", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void acceptOrPull(List<JsonNode> events) {
        try {
            client.accept(events);
        } catch (FeedGapException e) {
            LOG.log(System.Logger.Level.DEBUG, "earlier events are missing", e);
            client.pull();
            client.accept(events);
        }
    }

    /** Returns whether one of the keys has signed a request of the last five minutes (Standard Webhooks). */
    boolean isSigned(HttpHeaders headers, byte[] body, Instant now) throws IOException {
        String time = headers.firstValue("webhook-timestamp").orElse("");
        if (!time.matches("[0-9]{1,12}")
                || Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now)
                                .abs()
                                .compareTo(MAX_AGE)
                        > 0) {
            return false;
        }
        byte[] head = (headers.firstValue("webhook-id").orElse("") + "." + time + ".").getBytes(StandardCharsets.UTF_8);
        String[] signatures = headers.firstValue("webhook-signature").orElse("").split(" ");
        for (String key : Files.readString(keys).strip().split("\\s+")) {
            for (String signature : signatures) {
                if (isSignedBy(key.split("_", 2), signature.split(",", 2), head, body)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSignedBy(String[] key, String[] signature, byte[] head, byte[] body) {
        if (key.length < 2 || signature.length < 2) {
            return false;
        }
        try {
            return switch (key[0] + "," + signature[0]) {
                case "whsec,v1" -> MessageDigest.isEqual(computeHmac(decode(key[1]), head, body), decode(signature[1]));
                case "whpk,v1a" -> FeedVerifier.isSigned(decode(key[1]), decode(signature[1]), head, body);
                default -> false;
            };
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, "no key or no signature", e);
            return false;
        }
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static byte[] computeHmac(byte[] key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(head);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
