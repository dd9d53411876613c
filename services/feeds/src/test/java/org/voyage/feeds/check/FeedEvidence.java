package org.voyage.feeds.check;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the checker compares: all bytes are as they were stored, answered or received.
 *
 * @param stored events of the feed in the database, in order
 * @param held canonical states of the records that the feed notes for a reader of all events; null when they are not known.
 *     Of a feed that starts now, those that have an event
 * @param pulled events of the pull answers, in order; null without a pull
 * @param topic records of the feed's topic that are committed, in order, from the oldest kept one on; null without a topic
 * @param journals by receiver, the requests that it accepted, in order
 * @param countries that the reader may see; null for all
 * @param grantedFields on grant that it may see, as {@code record.field}
 */
public record FeedEvidence(
        List<StoredEvent> stored,
        @Nullable Map<String, String> held,
        @Nullable List<String> pulled,
        @Nullable List<String> topic,
        Map<String, List<AcceptedRequest>> journals,
        @Nullable Set<String> countries,
        Set<String> grantedFields) {

    /** Row of the database. @param chain {@code sha256:…} of the row, not of the body */
    public record StoredEvent(int epoch, long sequence, String chain, String body) {}

    /** Request that a receiver accepted. @param events in order */
    public record AcceptedRequest(String webhookId, List<String> events) {}

    /** Reads events and held records of a feed. */
    public static FeedEvidence ofDatabase(Connection database, String feed) throws SQLException {
        List<StoredEvent> stored = new ArrayList<>();
        try (PreparedStatement select = database.prepareStatement(
                "select epoch, sequence, 'sha256:' || encode(chain, 'hex'), body from feed_event where feed = ?"
                        + " order by epoch, sequence")) {
            select.setString(1, feed);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    stored.add(new StoredEvent(
                            row.getInt(1),
                            row.getLong(2),
                            row.getString(3),
                            new String(row.getBytes(4), StandardCharsets.UTF_8)));
                }
            }
        }
        Map<String, String> held = new TreeMap<>();
        try (PreparedStatement select = database.prepareStatement(
                "select record || '/' || outside_id, state from feed_record held join feed on feed.id = held.feed"
                        + " where held.feed = ? and (start_at <> 'now' or exists (select from feed_event event"
                        + " where event.feed = held.feed and event.outside_id = held.outside_id))")) {
            select.setString(1, feed);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    held.put(row.getString(1), new String(row.getBytes(2), StandardCharsets.UTF_8));
                }
            }
        }
        return new FeedEvidence(stored, held, null, null, Map.of(), null, Set.of());
    }

    public FeedEvidence withPulled(List<String> answers) {
        return new FeedEvidence(stored, held, answers, topic, journals, countries, grantedFields);
    }

    public FeedEvidence withTopic(List<String> records) {
        return new FeedEvidence(stored, held, pulled, records, journals, countries, grantedFields);
    }

    public FeedEvidence withoutCopy() {
        return new FeedEvidence(stored, null, pulled, topic, journals, countries, grantedFields);
    }

    public FeedEvidence withJournal(String receiver, List<AcceptedRequest> requests) {
        Map<String, List<AcceptedRequest>> all = new LinkedHashMap<>(journals);
        all.put(receiver, requests);
        return new FeedEvidence(stored, held, pulled, topic, all, countries, grantedFields);
    }

    public FeedEvidence withScope(Set<String> visibleCountries, Set<String> fields) {
        return new FeedEvidence(stored, held, pulled, topic, journals, visibleCountries, fields);
    }
}
