package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.voyage.demo.FeedJournal.JournalEvent;

/** Receiver of webhooks that accepts each event and keeps a journal. It proves itself by the token of its challenge. */
final class WebhookJournal implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final String CHALLENGE_TYPE = "org.voyage.feed.endpoint-challenge.v1";

    private record AcceptedWebhook(String webhookId, String record, String chain) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /** The first webhook of each event, in the order of their arrival. */
    private final Map<String, AcceptedWebhook> accepted = new LinkedHashMap<>();

    private WebhookJournal(HttpServer server) {
        this.server = server;
    }

    static WebhookJournal start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 100);
        WebhookJournal journal = new WebhookJournal(server);
        server.createContext("/", journal::handleRequest);
        server.setExecutor(journal.threads);
        server.start();
        return journal;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private void handleRequest(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode event = JSON.readTree(exchange.getRequestBody());
            byte[] answer = new byte[0];
            if (event.path("type").asText().equals(CHALLENGE_TYPE)) {
                answer = event.path("data").path("token").asText().getBytes(StandardCharsets.UTF_8);
            } else {
                acceptEvent(exchange.getRequestHeaders().getFirst("webhook-id"), event);
            }
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            if (answer.length > 0) {
                exchange.getResponseBody().write(answer);
            }
        }
    }

    /** A repeat after a lost answer is the same webhook. */
    private synchronized void acceptEvent(String webhookId, JsonNode event) {
        AcceptedWebhook webhook = new AcceptedWebhook(
                webhookId,
                event.path("data").path("record").asText(),
                event.path("chain").asText());
        AcceptedWebhook first = accepted.putIfAbsent(event.path("id").asText(), webhook);
        if (first != null && !first.equals(webhook)) {
            // A second entry for the event, which no comparison overlooks.
            accepted.put(event.path("id").asText() + " again as " + webhookId, webhook);
        }
    }

    /** Requires all events, each as one webhook and in the order of its record, and nothing else. */
    void requireEvents(List<JournalEvent> events) {
        Map<String, List<String>> expected = new HashMap<>();
        events.forEach(event -> expected.computeIfAbsent(event.record(), record -> new ArrayList<>())
                .add(event.id() + " " + event.chain()));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(CrashConsistency.findDifferences(expected, eventsByRecord()))
                        .as("events of each record and its webhooks")
                        .isEmpty());
    }

    private synchronized Map<String, List<String>> eventsByRecord() {
        Map<String, List<String>> byRecord = new HashMap<>();
        accepted.forEach((id, webhook) -> byRecord.computeIfAbsent(webhook.record(), record -> new ArrayList<>())
                .add(id + " " + webhook.chain()));
        return byRecord;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
