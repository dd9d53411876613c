package org.voyage.kit.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.kafka.common.utils.Utils;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.quota.StorageQuota;

/** Outbox to which a service's commands append their events, in their own transaction. */
@ApplicationScoped
public class Outbox {

    private static final String APPEND_SQL = "select outbox_append_each(?, ?, ?, ?, ?, ?, ?)";

    /** Apart from the other one, which the last release knows, too, and which does nothing for traces. */
    private static final String APPEND_TRACED_SQL = "select outbox_append_each(?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String DEFER_SQL =
            "insert into outbox_deferred (topic, partition, key, event_id, type, time, data)"
                    + " select * from unnest(?, ?, ?, ?, ?, ?, ?)";

    private static final String APPEND_DEFERRED_SQL = "select topic, partition, position from outbox_append_deferred()";

    private static final int PROVINCE_DIGITS = 2;
    private static final String DEFERRED = Outbox.class.getName() + ".deferred";

    private static final String LATEST_SQL = """
            select p.partition, newest.position
              from unnest(?::int[]) as p (partition)
             cross join lateral (select max(o.position) as position from outbox o
                                  where o.topic = ? and o.partition = p.partition) newest
             where newest.position is not null""";

    private final DataSource dataSource;
    private final TransactionSynchronizationRegistry transaction;
    private final OutboxRelay relay;
    private final OutboxConfig config;
    private final StorageQuota storage;

    Outbox(
            DataSource dataSource,
            TransactionSynchronizationRegistry transaction,
            OutboxRelay relay,
            OutboxConfig config,
            StorageQuota storage) {
        this.dataSource = dataSource;
        this.transaction = transaction;
        this.relay = relay;
        this.config = config;
        this.storage = storage;
    }

    /**
     * Appends events within the caller's transaction; they are published once it commits.
     *
     * @param events in the order in which they are to be published
     * @return positions of the events in the log
     * @throws IllegalStateException when no transaction is active: the event could outlive the change, or the change
     *     the event
     * @throws EventTooLargeException when an event exceeds the configured size
     */
    public Receipt appendEvents(List<OutgoingEvent> events) {
        StatementPipeline pipeline = new StatementPipeline();
        Supplier<List<Receipt.ReceiptPart>> places = appendEach(events, pipeline);
        pipeline.execute(dataSource);
        return Receipt.latest(places.get());
    }

    /**
     * Appends events when the pipeline executes, for callers that need the position of each.
     *
     * @return positions of the events, in their order; known after the execution. Deferred events have none yet
     */
    public Supplier<List<Receipt.ReceiptPart>> appendEach(List<OutgoingEvent> events, StatementPipeline pipeline) {
        if (transaction.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("An event is appended in the transaction of its change, or not at all.");
        }
        List<Receipt.ReceiptPart> places = new ArrayList<>(events.size());
        if (isDeferred()) {
            addInserts(DEFER_SQL, events, places, pipeline);
            return List::of;
        }
        if (!events.isEmpty()) {
            addInserts(APPEND_SQL, events, places, pipeline);
            notifyRelay(pipeline);
            wakeRelayAfterCommit();
        }
        return () -> {
            if (places.size() < events.size()) {
                throw new IllegalStateException("The pipeline was not executed.");
            }
            return places;
        };
    }

    /**
     * Makes the caller's transaction keep its events apart until {@link #appendDeferred}. A transaction that works for
     * long must do so: from its first position on, no later event of the service is published until it ends.
     */
    public void deferEvents() {
        new JdbcClient(dataSource).execute("select outbox_defer()");
        transaction.putResource(DEFERRED, true);
    }

    private boolean isDeferred() {
        return Boolean.TRUE.equals(transaction.getResource(DEFERRED));
    }

    /**
     * Appends the deferred events of the caller's transaction, which is to end at once. Further events are appended
     * directly.
     *
     * @param limit longest time that the other events of the service may wait for it
     * @return receipt of the events
     * @throws org.voyage.kit.database.DatabaseException with SQLSTATE 57014 after the limit
     */
    public Receipt appendDeferred(Duration limit) {
        JdbcClient client = new JdbcClient(dataSource);
        String before = client.queryOne("select current_setting('statement_timeout')", row -> row.getString(1));
        setStatementTimeout(client, limit.toMillis() + "ms");
        List<Receipt.ReceiptPart> last = client.query(
                APPEND_DEFERRED_SQL, row -> new Receipt.ReceiptPart(row.getString(1), row.getInt(2), row.getLong(3)));
        setStatementTimeout(client, before);
        transaction.putResource(DEFERRED, false);
        StatementPipeline pipeline = new StatementPipeline();
        notifyRelay(pipeline);
        pipeline.execute(dataSource);
        wakeRelayAfterCommit();
        return Receipt.latest(last);
    }

    private static void setStatementTimeout(JdbcClient client, String value) {
        client.execute("select set_config('statement_timeout', ?, true)", value);
    }

    /**
     * Returns the receipt of earlier writes: a reader at the receipt has every event of these keys so far.
     *
     * @param keys of records that the caller has locked
     */
    public Receipt latestReceipt(String topic, Collection<String> keys) {
        Integer[] partitions = keys.stream().map(this::partitionOf).distinct().toArray(Integer[]::new);
        if (partitions.length == 0) {
            return Receipt.EMPTY;
        }
        return new Receipt(new JdbcClient(dataSource)
                .query(
                        LATEST_SQL,
                        row -> new Receipt.ReceiptPart(topic, row.getInt(1), row.getLong(2)),
                        new SqlArray("int4", partitions),
                        topic));
    }

    /** @param sql appends the events, and returns their positions unless they are deferred */
    private void addInserts(
            String sql, List<OutgoingEvent> events, List<Receipt.ReceiptPart> places, StatementPipeline pipeline) {
        if (events.isEmpty()) {
            return;
        }
        int n = events.size();
        String[] topics = new String[n];
        Integer[] partitions = new Integer[n];
        String[] keys = new String[n];
        UUID[] ids = new UUID[n];
        String[] types = new String[n];
        Timestamp[] times = new Timestamp[n];
        String[] datas = new String[n];
        String[] traceparents = null;
        for (int i = 0; i < n; i++) {
            OutgoingEvent event = events.get(i);
            CloudEventMapper.requireType(event.type());
            if (event.data().length() > config.maxEventBytes() / 3
                    && event.data().getBytes(StandardCharsets.UTF_8).length > config.maxEventBytes()) {
                throw new EventTooLargeException(event.key(), config.maxEventBytes());
            }
            topics[i] = event.topic();
            partitions[i] = partitionOf(event.key());
            keys[i] = event.key();
            ids[i] = event.id();
            types[i] = event.type();
            times[i] = Timestamp.from(event.time());
            datas[i] = event.data();
            if (event.traceparent() != null) {
                traceparents = traceparents == null ? new String[n] : traceparents;
                traceparents[i] = event.traceparent();
            }
            countStoredBytes(event);
        }
        Object[] columns = {
            new SqlArray("text", topics),
            new SqlArray("int4", partitions),
            new SqlArray("text", keys),
            new SqlArray("uuid", ids),
            new SqlArray("text", types),
            new SqlArray("timestamptz", times),
            new SqlArray("text", datas)
        };
        if (sql.equals(DEFER_SQL)) {
            pipeline.addUpdate(sql, columns);
            return;
        }
        String appending = sql;
        if (traceparents != null) {
            appending = APPEND_TRACED_SQL;
            columns = Arrays.copyOf(columns, columns.length + 1);
            columns[columns.length - 1] = new SqlArray("text", traceparents);
        }
        pipeline.addQuery(
                appending,
                rows -> {
                    rows.next();
                    Long[] positions = (Long[]) rows.getArray(1).getArray();
                    for (int i = 0; i < n; i++) {
                        places.add(new Receipt.ReceiptPart(topics[i], partitions[i], positions[i]));
                    }
                },
                columns);
    }

    /** Counts an event for the province at the beginning of its key; the key of an alliance has none. */
    private void countStoredBytes(OutgoingEvent event) {
        if (event.key().indexOf('/') == PROVINCE_DIGITS
                && Character.isDigit(event.key().charAt(0))) {
            storage.countBytes(
                    event.key().substring(0, PROVINCE_DIGITS), event.data().length());
        }
    }

    private void notifyRelay(StatementPipeline pipeline) {
        if (!relay.isLeading()) {
            // Only when needed: NOTIFY makes committing transactions wait for each other.
            pipeline.addUpdate("select pg_notify(?, '')", OutboxListener.NOTIFY_CHANNEL);
        }
    }

    /** Returns the part of a receipt that the events of one key need. */
    public Receipt restrictReceipt(Receipt whole, String topic, String key) {
        int its = partitionOf(key);
        return new Receipt(whole.parts().stream()
                .filter(part -> part.topic().equals(topic) && part.partition() == its)
                .toList());
    }

    /**
     * Returns the partition by Kafka's own rule, so that the receipt can name the partition before the event is sent.
     */
    private int partitionOf(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % config.partitions();
    }

    private void wakeRelayAfterCommit() {
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                // Also after a rollback: later events may have waited behind its positions.
                relay.wakeRelay();
            }
        });
    }
}
