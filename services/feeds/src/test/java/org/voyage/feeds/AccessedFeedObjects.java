package org.voyage.feeds;

import static org.hamcrest.Matchers.oneOf;

import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.voyage.feeds.alliance.RegistryRequests;
import org.voyage.kittest.AccessMatrixRow;

/**
 * Feeds and endpoints of alliances, as the paths of an access test name them. Each object is created once and again after a
 * call has deleted it, so that the alliances stay below their limits.
 */
final class AccessedFeedObjects implements AutoCloseable {

    static final String FEED = "feed";
    static final String ENDPOINT = "endpoint";
    static final String REPLAY = "replay";
    static final String SECRET = "kid";

    /** Draft of an endpoint. No request to this address gets a reply. */
    static final String ENDPOINT_DRAFT = "{\"url\":\"http://127.0.0.1:9/hook\",\"signing\":[\"hmac\"]}";

    static final String SECRET_DRAFT = "{\"algorithm\":\"hmac\"}";
    static final String REPLAY_DRAFT = "{\"undelivered\":true}";

    private static final AtomicLong NUMBERS = new AtomicLong();

    /** One for the thousands of looks: a new connection takes longer than the request that is tested. */
    private final Connection database;

    private final Map<String, String> feedsByAlliance = new HashMap<>();
    private final Map<String, String> endpointsByFeed = new HashMap<>();
    private final Map<String, String> replaysByEndpoint = new HashMap<>();
    private final Map<String, String> secretsByEndpoint = new HashMap<>();

    AccessedFeedObjects() throws SQLException {
        database = FeedsTestBackend.connect();
    }

    /** @param last parameter of the path; the feed and the endpoint are above it */
    AccessMatrixRow.PathObjects named(String last) {
        return new NamedObjects(last);
    }

    private String feedOf(String alliance) {
        return feedsByAlliance.compute(
                alliance,
                (_, known) -> known != null && exists("feed where deleted_at is null and id", known)
                        ? known
                        : createFeed(alliance));
    }

    /** Creates a feed with an event, which a request can name. */
    private static String createFeed(String alliance) {
        String id = "access" + NUMBERS.incrementAndGet();
        FeedsTestBackend.runSql("""
            with created as (
                insert into feed (id, alliance, name, filter, start_at, with_kafka, created_at, created_by, next_sequence)
                values (?, ?, 'test', '{}', 'now', false, now(), 'test', 2) returning id)
            insert into feed_event (feed, epoch, sequence, kind, time, stored_at, step, digest, chain, body)
            select id, 1, 1, 'checkpoint', now(), now(), 0, '', '', '{"data":{"kind":"checkpoint"}}' from created\
            """, id, alliance);
        return id;
    }

    private String endpointOf(String alliance) {
        String feed = feedOf(alliance);
        return endpointsByFeed.compute(
                feed,
                (_, known) ->
                        known != null && exists("endpoint where id", known) ? known : createEndpoint(alliance, feed));
    }

    /** Creates an endpoint and disables it: it gets test events, but no deliveries. */
    private static String createEndpoint(String alliance, String feed) {
        String path = "/v1/feeds/" + feed + "/endpoints";
        String endpoint = create(alliance, path, ENDPOINT_DRAFT, "id");
        as(alliance)
                .body("{\"enabled\":false}")
                .patch(path + "/" + endpoint)
                .then()
                .statusCode(200);
        return endpoint;
    }

    private String replayOf(String alliance) {
        String path = "/v1/feeds/" + feedOf(alliance) + "/endpoints/" + endpointOf(alliance) + "/replays";
        return replaysByEndpoint.computeIfAbsent(endpointOf(alliance), _ -> create(alliance, path, REPLAY_DRAFT, "id"));
    }

    private String secretOf(String alliance) {
        String path = "/v1/feeds/" + feedOf(alliance) + "/endpoints/" + endpointOf(alliance) + "/secrets";
        return secretsByEndpoint.compute(
                endpointOf(alliance),
                (_, known) -> known != null && exists("endpoint_secret where kid", known)
                        ? known
                        : create(alliance, path, SECRET_DRAFT, "kid"));
    }

    private static String create(String alliance, String path, String draft, String idField) {
        return as(alliance)
                .body(draft)
                .post(path)
                .then()
                .statusCode(oneOf(201, 202))
                .extract()
                .path(idField);
    }

    private boolean exists(String tableAndKey, String value) {
        try (PreparedStatement select = database.prepareStatement("select count(*) from " + tableAndKey + " = ?")) {
            select.setString(1, value);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getInt(1) == 1;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }

    private static RequestSpecification as(String alliance) {
        return RegistryRequests.alliance(alliance).contentType("application/json");
    }

    private final class NamedObjects implements AccessMatrixRow.PathObjects {

        private final String last;

        NamedObjects(String last) {
            this.last = last;
        }

        @Override
        public Map<String, String> existing(String alliance) {
            Map<String, String> named = new LinkedHashMap<>();
            named.put(FEED, feedOf(alliance));
            if (!last.equals(FEED)) {
                named.put(ENDPOINT, endpointOf(alliance));
            }
            if (last.equals(REPLAY)) {
                named.put(REPLAY, replayOf(alliance));
            }
            if (last.equals(SECRET)) {
                named.put(SECRET, secretOf(alliance));
            }
            return named;
        }

        @Override
        public Map<String, String> absent(String alliance) {
            Map<String, String> named = existing(alliance);
            named.put(last, "absent");
            return named;
        }
    }
}
