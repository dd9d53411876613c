package org.voyage.feeds.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.endpoint.FeedEndpoint;
import org.voyage.feeds.delivery.queue.CircuitState;
import org.voyage.feeds.delivery.queue.DeliverySnapshot;
import org.voyage.feeds.delivery.queue.HeldEvent;
import org.voyage.feeds.delivery.queue.PendingBatch;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/** Store of the state of deliveries. A note is stored in one transaction, and only by the holder of the lease. */
@ApplicationScoped
class DeliveryStore {

    private static final String LOAD_SQL = """
            select low_epoch, low_sequence, done_above, batch, batch_refusals, batch_next_try,
                   down_cause, down_since, next_probe_at, probe_failures
              from delivery where endpoint = ?""";

    private static final String LOAD_HELD_SQL =
            "select epoch, sequence, order_key, refusals, next_try_at from held_event where endpoint = ?";

    /** The condition fences: a holder whose lease another one has taken changes nothing. */
    private static final String NOTE_SQL = """
            update delivery
               set low_epoch = ?, low_sequence = ?, done_above = ?, batch = ?, batch_refusals = ?, batch_next_try = ?,
                   down_cause = ?, down_since = ?, next_probe_at = ?, probe_failures = ?,
                   noted_at = clock_timestamp()
             where endpoint = ? and leased_by = ? and lease_epoch = ?""";

    private static final String HOLD_SQL = """
            insert into held_event (endpoint, epoch, sequence, order_key, refusals, next_try_at)
            select ?, e, s, k, r, t from unnest(?, ?, ?, ?, ?) as x (e, s, k, r, t)
            on conflict (endpoint, epoch, sequence)
              do update set refusals = excluded.refusals, next_try_at = excluded.next_try_at""";

    private static final String SET_ASIDE_SQL = """
            insert into undelivered_event (endpoint, epoch, sequence, tries, status, set_aside_at)
            values (?, ?, ?, ?, ?, clock_timestamp()) on conflict do nothing""";

    private static final String ATTEMPT_SQL = """
            insert into delivery_attempt
              (endpoint, id, time, first, last, events, outcome, status, failure, millis, excerpt, next_try_at)
            select own, coalesce((select max(id) from delivery_attempt where endpoint = own), 0) + 1,
                   ?::timestamptz, ?::text, ?::text, ?::int, ?::text, ?::int, ?::text, ?::bigint, ?::text, ?::timestamptz
              from (select ?::text) as x (own)""";

    /** Accepted deliveries within a minute share a row. */
    private static final String ACCEPTED_SQL = """
            update delivery_attempt set last = ?, events = events + ?, millis = ?
             where endpoint = ? and id = (select max(id) from delivery_attempt where endpoint = ?)
               and outcome = 'accepted' and status = ? and time > ?::timestamptz - interval '1 minute'""";

    private static final String REPLAY_SQL = """
            update replay set done_to = ?, delivered = delivered + ?, refused = refused + ?,
                   status = case when ? then 'done' else status end,
                   finished_at = case when ? then clock_timestamp() end
             where endpoint = ? and id = ?""";

    private static final String DELIVERED_AFTER_ALL_SQL = """
            delete from undelivered_event
             where endpoint = ? and (epoch, sequence) in (select * from unnest(?::int[], ?::bigint[]))""";

    private final JdbcClient database;

    DeliveryStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    DeliverySnapshot load(String endpoint) {
        List<HeldEvent> held = database.query(
                LOAD_HELD_SQL,
                row -> new HeldEvent(
                        new FeedPosition(row.getInt(1), row.getLong(2)),
                        row.getString(3),
                        row.getInt(4),
                        toInstant(row.getTimestamp(5))),
                endpoint);
        return database.queryOne(LOAD_SQL, row -> mapSnapshot(row, held), endpoint);
    }

    private static DeliverySnapshot mapSnapshot(ResultSet row, List<HeldEvent> held) throws SQLException {
        List<FeedPosition> batch = toPositions(row.getArray("batch"));
        String cause = row.getString("down_cause");
        return new DeliverySnapshot(
                new FeedPosition(row.getInt("low_epoch"), row.getLong("low_sequence")),
                Set.copyOf(toPositions(row.getArray("done_above"))),
                held,
                batch.isEmpty()
                        ? null
                        : new PendingBatch(
                                batch, row.getInt("batch_refusals"), toInstant(row.getTimestamp("batch_next_try"))),
                cause == null
                        ? null
                        : new CircuitState(
                                CircuitState.DownCause.valueOf(cause),
                                row.getTimestamp("down_since").toInstant(),
                                row.getTimestamp("next_probe_at").toInstant(),
                                row.getInt("probe_failures")));
    }

    /**
     * Stores a note.
     *
     * @param before the held events of the last note
     * @return false if the lease is lost; nothing is stored then
     */
    boolean store(DeliveryLease lease, FeedEndpoint endpoint, Collection<HeldEvent> before, DeliveryNote note) {
        return database.inTransaction(transaction -> {
            if (!storeSnapshot(transaction, lease, note.snapshot())) {
                return false;
            }
            storeHeld(transaction, endpoint.id(), before, note.snapshot().held());
            storeAttempts(transaction, endpoint.id(), note);
            if (note.replay() != null) {
                storeReplay(transaction, endpoint.id(), note.replay());
            }
            return true;
        });
    }

    private static boolean storeSnapshot(JdbcClient transaction, DeliveryLease lease, DeliverySnapshot snapshot) {
        PendingBatch batch = snapshot.batch();
        CircuitState circuit = snapshot.circuit();
        return transaction.update(
                        NOTE_SQL,
                        snapshot.lowWater().epoch(),
                        snapshot.lowWater().sequence(),
                        toTexts(snapshot.doneAbove()),
                        batch == null ? null : toTexts(batch.events()),
                        batch == null ? 0 : batch.refusals(),
                        batch == null ? null : batch.nextTryAt(),
                        circuit == null ? null : circuit.cause().name(),
                        circuit == null ? null : circuit.downSince(),
                        circuit == null ? null : circuit.nextProbeAt(),
                        circuit == null ? 0 : circuit.failures(),
                        lease.endpoint(),
                        lease.holder(),
                        lease.epoch())
                == 1;
    }

    private static void storeHeld(
            JdbcClient transaction, String endpoint, Collection<HeldEvent> before, List<HeldEvent> now) {
        Set<HeldEvent> stored = new HashSet<>(before);
        List<HeldEvent> changed =
                now.stream().filter(each -> !stored.contains(each)).toList();
        Set<FeedPosition> kept = new HashSet<>();
        now.forEach(each -> kept.add(each.position()));
        List<FeedPosition> gone = before.stream()
                .map(HeldEvent::position)
                .filter(each -> !kept.contains(each))
                .toList();
        if (!gone.isEmpty()) {
            transaction.update(
                    "delete from held_event where endpoint = ? and (epoch, sequence) in (select * from unnest(?, ?))",
                    endpoint,
                    epochs(gone),
                    sequences(gone));
        }
        if (!changed.isEmpty()) {
            List<FeedPosition> positions =
                    changed.stream().map(HeldEvent::position).toList();
            transaction.update(
                    HOLD_SQL,
                    endpoint,
                    epochs(positions),
                    sequences(positions),
                    new SqlArray(
                            "text", changed.stream().map(HeldEvent::orderKey).toArray()),
                    new SqlArray(
                            "int4", changed.stream().map(HeldEvent::refusals).toArray()),
                    new SqlArray(
                            "timestamptz",
                            changed.stream()
                                    .map(each -> each.nextTryAt() == null ? null : Timestamp.from(each.nextTryAt()))
                                    .toArray()));
        }
    }

    private static void storeAttempts(JdbcClient transaction, String endpoint, DeliveryNote note) {
        List<DeliveryAttempt> rows = new ArrayList<>(note.failed());
        DeliveryAttempt accepted = note.accepted();
        if (accepted != null
                && transaction.update(
                                ACCEPTED_SQL,
                                accepted.last(),
                                accepted.events(),
                                accepted.millis(),
                                endpoint,
                                endpoint,
                                accepted.status(),
                                accepted.time())
                        == 0) {
            rows.add(accepted);
        }
        for (DeliveryAttempt each : rows) {
            transaction.update(
                    ATTEMPT_SQL,
                    each.time(),
                    each.first(),
                    each.last(),
                    each.events(),
                    each.outcome(),
                    each.status(),
                    each.failure(),
                    each.millis(),
                    each.excerpt().replace('\0', ' '),
                    each.nextTryAt(),
                    endpoint);
        }
        for (DeliveryNote.SetAsideEvent each : note.setAside()) {
            transaction.update(
                    SET_ASIDE_SQL,
                    endpoint,
                    each.position().epoch(),
                    each.position().sequence(),
                    each.tries(),
                    each.status());
        }
    }

    private static void storeReplay(JdbcClient transaction, String endpoint, DeliveryNote.ReplayStep step) {
        transaction.update(
                REPLAY_SQL,
                step.doneTo().text(),
                step.delivered().size(),
                step.refused(),
                step.isFinished(),
                step.isFinished(),
                endpoint,
                step.replay());
        if (!step.delivered().isEmpty()) {
            transaction.update(
                    DELIVERED_AFTER_ALL_SQL, endpoint, epochs(step.delivered()), sequences(step.delivered()));
        }
    }

    private static SqlArray epochs(Collection<FeedPosition> positions) {
        return new SqlArray("int4", positions.stream().map(FeedPosition::epoch).toArray());
    }

    private static SqlArray sequences(Collection<FeedPosition> positions) {
        return new SqlArray(
                "int8", positions.stream().map(FeedPosition::sequence).toArray());
    }

    private static SqlArray toTexts(Collection<FeedPosition> positions) {
        return new SqlArray(
                "text", positions.stream().sorted().map(FeedPosition::text).toArray());
    }

    private static List<FeedPosition> toPositions(@Nullable Array texts) throws SQLException {
        List<FeedPosition> positions = new ArrayList<>();
        if (texts != null) {
            for (String text : (String[]) texts.getArray()) {
                positions.add(FeedPosition.parse(text).orElseThrow());
            }
        }
        return positions;
    }

    private static @Nullable Instant toInstant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
