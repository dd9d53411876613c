package org.voyage.kit.log;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.voyage.kit.database.JdbcClient;

/**
 * Lease of a reader of the log: of several instances one stores what it reads, and the others stand by. By the clock of
 * the database. An instance takes the lease at once from one of an older release, which leaves {@code claimed_epoch} as it
 * was. For one thread.
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
    /** The lock lets no other holder take the lease over before the transaction ends. */
    private static final String FENCE_SQL = "select epoch from reader_lease where reader = ? and epoch = ? for share";

    private final JdbcClient database;
    private final String reader;
    private final String holder = UUID.randomUUID().toString();
    private boolean isHeld;
    private long epoch;
    private long heldAt;

    /** Another instance holds the lease now; the transaction must be rolled back. */
    public static final class LeaseTakenException extends Exception {
        LeaseTakenException(String reader) {
            super("another instance reads " + reader, null, false, false);
        }
    }

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

    /**
     * Requires that no other instance has taken the lease since the last {@link #hold()}, and lets none take it before
     * the transaction of the client ends. A reader that was stopped for longer than its lease stores nothing.
     *
     * @throws LeaseTakenException if another instance has taken the lease
     */
    public void requireHeld(JdbcClient transaction) throws LeaseTakenException {
        if (transaction
                .queryFirst(FENCE_SQL, row -> row.getLong(1), reader, epoch)
                .isEmpty()) {
            throw new LeaseTakenException(reader);
        }
    }

    /** Lets another instance take over at once. */
    public void release() {
        if (isHeld) {
            isHeld = false;
            database.update(RELEASE_SQL, reader, holder);
        }
    }
}
