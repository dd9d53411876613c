package org.voyage.feeds.delivery;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.voyage.feeds.feed.FeedEvent;
import org.voyage.feeds.feed.FeedEventKind;
import org.voyage.feeds.feed.FeedEventStore;
import org.voyage.feeds.feed.FeedLogAppender;
import org.voyage.feeds.proof.HashChain;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordDimensions;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;

/** Feed of an alliance of its own, whose events a test appends. */
final class DeliveryTestFeed {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final FeedEventStore store;
    private final String alliance;
    private final String id;
    private final FeedLogAppender head;

    private DeliveryTestFeed(FeedEventStore store, String alliance, String id) {
        this.store = store;
        this.alliance = alliance;
        this.id = id;
        this.head = new FeedLogAppender(id, 1, 1, HashChain.start());
    }

    static DeliveryTestFeed create(FeedEventStore store) {
        int number = NUMBERS.incrementAndGet();
        DeliveryTestFeed feed = new DeliveryTestFeed(store, "WEBHOOK" + number, "webhookfeed" + number);
        runSql(
                "insert into alliance (code, name_zh, name_en, version, admitted_at) values (?, '联盟', 'Alliance', 1, now())",
                feed.alliance);
        runSql("""
                insert into feed (id, alliance, name, filter, start_at, with_kafka, created_at, created_by, chain,
                                  checkpoint_at)
                values (?, ?, 'test', '{}', 'now', false, now(), 'test', decode(repeat('00', 32), 'hex'), now())""", feed.id, feed.alliance);
        return feed;
    }

    String id() {
        return id;
    }

    String alliance() {
        return alliance;
    }

    /** Appends events of so many records in turn, and returns their ids. */
    List<String> append(int events, int records) {
        return append(events, records, Instant.now());
    }

    /** @param storedAt when the events were stored */
    List<String> append(int events, int records, Instant storedAt) {
        return append(events, records, storedAt, "");
    }

    /** Appends events of so many bytes each, and a little more. */
    List<String> appendLarge(int events, int bytes) {
        return append(events, events, Instant.now(), "x".repeat(bytes));
    }

    private List<String> append(int events, int records, Instant storedAt, String more) {
        List<FeedEvent> appended = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            appended.add(head.append(
                    FeedEventKind.WITHDRAWN,
                    FeedRecord.OVERSEAS_SCHOOL,
                    id + "-r" + i % records,
                    Instant.now(),
                    JsonNodeFactory.instance.objectNode().put("version", i).put("more", more),
                    null,
                    Set.of()));
        }
        storeEvents(appended, storedAt);
        return appended.stream().map(each -> each.position().text()).toList();
    }

    /** Appends that a school of a country is known, and returns the id of the event. */
    String appendSchool(String country) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.putObject("state").put("hostCountry", country);
        FeedEvent event = head.append(
                FeedEventKind.CREATED,
                FeedRecord.OVERSEAS_SCHOOL,
                id + "-s" + head.nextSequence(),
                Instant.now(),
                data,
                new RecordDimensions(FeedRecord.OVERSEAS_SCHOOL, "12", Set.of(country), Set.of(), Set.of(), null),
                Set.of());
        storeEvents(List.of(event), Instant.now());
        return event.position().text();
    }

    /** Wakes the deliverers, as the assigner does. */
    void announce() {
        queryText("select pg_notify('feeds_news', ?)", id);
    }

    private void storeEvents(List<FeedEvent> appended, Instant storedAt) {
        try (Connection connection = connect()) {
            store.insert(JdbcClient.on(connection), appended, 0);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        runSql("update feed set next_sequence = ?::bigint where id = ?", Long.toString(head.nextSequence()), id);
        runSql(
                "update feed_event set stored_at = ?::timestamptz where feed = ? and sequence >= ?::bigint",
                storedAt.toString(),
                id,
                Long.toString(head.nextSequence() - appended.size()));
    }

    RequestSpecification request() {
        return requestOf(alliance);
    }

    static RequestSpecification requestOf(String alliance) {
        return given().auth().oauth2(TestTokens.allianceToken(alliance)).contentType("application/json");
    }

    String path() {
        return "/v1/feeds/" + id + "/endpoints";
    }

    /** Creates an endpoint that is not proven yet. */
    ValidatableResponse createEndpoint(String url, boolean batch) {
        return request()
                .body(Map.of("url", url, "signing", List.of("hmac", "ed25519"), "batch", batch))
                .post(path())
                .then();
    }

    /** Creates an endpoint and lets it prove itself. @return its path */
    String enableEndpoint(WebhookReceiver receiver, boolean batch) {
        String endpoint =
                createEndpoint(receiver.url(), batch).statusCode(201).extract().path("id");
        String path = path() + "/" + endpoint;
        challenge(path);
        return path;
    }

    void challenge(String path) {
        request().post(path + "/challenge").then().statusCode(200).body("passed", org.hamcrest.Matchers.is(true));
    }

    static Connection connect() throws SQLException {
        return TestServers.connect("feeds", "feeds", "all");
    }

    static int runSql(String sql, String... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static String queryText(String sql, String... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? String.valueOf(row.getString(1)) : "";
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
