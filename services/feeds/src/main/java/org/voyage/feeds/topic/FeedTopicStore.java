package org.voyage.feeds.topic;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.scope.FeedFilter;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.log.ConsumerOffsets;
import org.voyage.kit.log.ReaderLease;

/** Store of the feeds that have topics, and of how far the topics are. */
@ApplicationScoped
public class FeedTopicStore {

    private static final String WRITER = "feed-topics";

    private static final String SELECT_SQL = """
            select f.id, f.alliance, f.filter, a.suspended_at is null and a.withdrawn_at is null as is_open,
                   f.epoch as head_epoch, f.next_sequence - 1 as head_sequence,
                   t.topic_id, coalesce(t.epoch, 0) as epoch, coalesce(t.sequence, 0) as sequence,
                   coalesce(t.kafka_offset, -1) as kafka_offset, t.checked_scope,
                   t.state_topic_id, coalesce(t.state_offset, -1) as state_offset, t.state_scope,
                   coalesce(t.state_epoch, 0) as state_epoch,
                   f.scope is null or f.scan_cause in ('baseline', 'reset') is true as is_filling
              from feed f join alliance a on a.code = f.alliance left join feed_topic t on t.feed = f.id
             where f.with_kafka and f.deleted_at is null
             order by f.id""";

    private static final String TOPIC_SQL = """
            insert into feed_topic (feed, topic_id) values (?, ?)
            on conflict (feed) do update set topic_id = excluded.topic_id, epoch = 0, sequence = 0, kafka_offset = -1,
                   checked_scope = null""";

    /** A former writer that notes too late changes nothing. */
    private static final String PUBLISHED_SQL = """
            update feed_topic set epoch = ?, sequence = ?, kafka_offset = ?, published_at = now()
             where feed = ? and (epoch, sequence) < (?, ?)""";

    private static final String STATES_SQL =
            "update feed_topic set state_topic_id = ?, state_offset = ?, state_scope = ?, state_epoch = ? where feed = ?";

    private final JdbcClient database;

    /**
     * How far the topics of a feed are.
     *
     * @param published last event that is known to be in the topic of events; empty before the first
     * @param hasAllStates whether the topic of states has each record in scope
     */
    public record TopicProgress(Optional<FeedPosition> published, boolean hasAllStates) {}

    FeedTopicStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Returns the lease of the one instance that writes. */
    ReaderLease createLease() {
        return ConsumerOffsets.createLease(database, WRITER);
    }

    /** Returns the feeds that have topics, by id. */
    List<FeedTopic> findAll() {
        return database.query(SELECT_SQL, FeedTopicStore::mapTopic);
    }

    /** Notes that the topic of a feed was made, or made again. */
    void noteTopic(String feed, String topicId) {
        database.update(TOPIC_SQL, feed, topicId);
    }

    /** Notes what the topic of states of a feed holds. */
    void noteStates(String feed, StateTopicNote note) {
        database.update(STATES_SQL, note.topicId(), note.offset(), note.scope(), note.epoch(), feed);
    }

    /**
     * Notes the ends of topics by feed.
     *
     * @param states offsets of the last messages of topics of states, by feed
     */
    void notePublished(Map<String, TopicEnd> ends, Map<String, Long> states) {
        database.inTransaction(transaction -> {
            ends.forEach((feed, end) -> transaction.update(
                    PUBLISHED_SQL,
                    end.position().epoch(),
                    end.position().sequence(),
                    end.offset(),
                    feed,
                    end.position().epoch(),
                    end.position().sequence()));
            states.forEach((feed, offset) ->
                    transaction.update("update feed_topic set state_offset = ? where feed = ?", offset, feed));
            return true;
        });
    }

    void noteScope(String feed, String scope) {
        database.update("update feed_topic set checked_scope = ? where feed = ?", scope, feed);
    }

    /** Returns how far the topics of a feed are. */
    public TopicProgress findProgress(String feed) {
        return database.queryFirst(
                        "select t.epoch, t.sequence, t.state_epoch = f.epoch from feed_topic t join feed f on f.id = t.feed"
                                + " where t.feed = ?",
                        row -> new TopicProgress(
                                Optional.of(new FeedPosition(row.getInt(1), row.getLong(2)))
                                        .filter(each -> each.sequence() > 0),
                                row.getBoolean(3)),
                        feed)
                .orElse(new TopicProgress(Optional.empty(), false));
    }

    private static FeedTopic mapTopic(ResultSet row) throws SQLException {
        return new FeedTopic(
                row.getString("id"),
                row.getString("alliance"),
                FeedFilter.ofJson(row.getString("filter")),
                row.getBoolean("is_open"),
                new FeedPosition(row.getInt("head_epoch"), row.getLong("head_sequence")),
                row.getString("topic_id"),
                new TopicEnd(
                        new FeedPosition(row.getInt("epoch"), row.getLong("sequence")), row.getLong("kafka_offset")),
                row.getString("checked_scope"),
                new StateTopicNote(
                        row.getString("state_topic_id"),
                        row.getLong("state_offset"),
                        row.getString("state_scope"),
                        row.getInt("state_epoch")),
                row.getBoolean("is_filling"));
    }
}
