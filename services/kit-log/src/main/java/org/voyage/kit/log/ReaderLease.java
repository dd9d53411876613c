package org.voyage.kit.log;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.voyage.kit.database.JdbcClient;

/**
 * Lease of a reader of the log: of several instances one stores what it reads, and the others stand by. By the clock of
 * the database. An instance takes the lease at once from one of an older release, which leaves {@code claimed_epoch} as it
 * was. For one thread.
 *
 * <p>An instance that was stopped for longer than its lease still acts as the holder for a moment. The database refuses
 * what it stores, because the next holder has advanced the offsets ({@link ConsumerOffsetTable#advanceAll}). Kafka refuses
 * what it sends in transactions.
 */
public final class ReaderLease {

    private static final Duration TERM = Duration.ofSeconds(8);
    private static final String HOLD_SQL = """
            insert into reader_lease as held (reader, holder, leased_until, claimed_epoch)
            values (?, ?, clock_timestamp() + ? * interval '1 ms', 1)
            on conflict (reader) do update set holder = excluded.holder, leased_until = excluded.leased_until,
                   epoch = held.epoch + (held.holder <> excluded.holder)::int,
                   claimed_epoch = held.epoch + (held.holder <> excluded.holder)::int
             where held.holder = excluded.holder or held.leased_until < clock_timestamp()
                or held.claimed_epoch <> held.epoch
            returning epoch""";
    private static final String RELEASE_SQL =
            "update reader_lease set leased_until = '-infinity' where reader = ? and holder = ?";

    private final JdbcClient database;
    private final String reader;
    private final String holder = UUID.randomUUID().toString();
    private boolean isHeld;
    private long epoch;
    private long heldAt;

    ReaderLease(JdbcClient database, String reader) {
        this.database = database;
        this.reader = reader;
    }

    /** Acquires or renews the lease. @return false while another instance holds it */
    public boolean hold() {
        if (!isHeld || System.nanoTime() - heldAt > TERM.dividedBy(4).toNanos()) {
            Optional<Long> held = database.queryFirst(HOLD_SQL, row -> row.getLong(1), reader, holder, TERM.toMillis());
            isHeld = held.isPresent();
            epoch = held.orElse(epoch);
            heldAt = System.nanoTime();
        }
        return isHeld;
    }

    /** Returns the epoch of the last {@link #hold()}: it is larger than that of each holder before. */
    public long epoch() {
        return epoch;
    }

    /** Lets another instance take over at once. */
    public void release() {
        if (isHeld) {
            isHeld = false;
            database.update(RELEASE_SQL, reader, holder);
        }
    }
}
