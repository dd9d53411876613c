package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.voyage.client.FeedClient;
import org.voyage.client.FeedCopy;
import org.voyage.client.TokenSource;
import org.voyage.local.IssuerClients;

/**
 * Receiver of a feed of the demo: subscribes as an alliance, makes a copy with the client library, and compares the copy with
 * the platform's snapshot.
 */
final class FeedReceiver {

    /** Rounds without an event after which a difference is final. */
    private static final int MAX_IDLE_ROUNDS = 240;

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ApiClient api;
    private final URI feeds;
    private final String client;

    /** @param client that the alliance's token is issued to, e.g. {@code alliance-WFCP} */
    FeedReceiver(ApiClient api, String client) {
        this.api = api;
        this.feeds = api.endpoints().feeds();
        this.client = client;
    }

    /**
     * Subscribes to all that the grants of the alliance open, beginning with a snapshot, unless there is a feed of this
     * name. Returns the id of the feed.
     */
    String subscribe(String name) {
        for (JsonNode feed : get("/v1/feeds?limit=1000").path("items")) {
            if (feed.path("name").asText().equals(name)) {
                return feed.path("id").asText();
            }
        }
        byte[] body =
                ApiClient.toJson(Map.of("name", name, "start", "snapshot")).getBytes(StandardCharsets.UTF_8);
        return api.post(client, feeds, "/v1/feeds", new BulkFile("application/json", body))
                .requireOk()
                .parseJson()
                .path("id")
                .asText();
    }

    /**
     * Pulls and verifies the events until the copy equals the platform's.
     *
     * @return false when they differ although no event has been new for two minutes
     */
    boolean makeCopy(String feed, FeedCopy copy) {
        FeedClient reader = openClient(feed, copy);
        int idleRounds = 0;
        while (idleRounds < MAX_IDLE_ROUNDS) {
            boolean isScanned =
                    get("/v1/feeds/" + feed + "/status").path("scan").isNull();
            idleRounds = reader.pull() == 0 ? idleRounds + 1 : 0;
            if (isScanned && copy.records().equals(reader.readSnapshot().records())) {
                return true;
            }
            pause();
        }
        return false;
    }

    /** Reads all records of a feed, by their names. */
    Map<String, JsonNode> readSnapshot(String feed) {
        return openClient(feed, new FeedCopy(Path.of(feed))).readSnapshot().records();
    }

    private FeedClient openClient(String feed, FeedCopy copy) {
        TokenSource tokens = TokenSource.ofClient(
                api.endpoints().issuer().resolve("/token"), client, IssuerClients.secretOf(client));
        return new FeedClient(feeds, feed, tokens, copy);
    }

    private JsonNode get(String path) {
        return api.get(client, feeds, path).requireOk().parseJson();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceRefusedException("the receiver was interrupted");
        }
    }
}
