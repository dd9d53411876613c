package org.voyage.indicators.evidence.checkpoint;

import java.time.Duration;
import java.util.UUID;
import org.voyage.kit.database.JdbcClient;

/**
 * Lease of a reader of the log: of several instances one stores what it reads, and the others stand by. By the clock of
 * the database. For one thread.
 */
public final class ReaderLease {

    private static final Duration TERM = Duration.ofSeconds(8);
    private static final String HOLD_SQL = """
            insert into reader_lease as held (reader, holder, leased_until)
            values (?, ?, clock_timestamp() + ? * interval '1 ms')
            on conflict (reader) do update set holder = excluded.holder, leased_until = excluded.leased_until
             where held.holder = excluded.holder or held.leased_until < clock_timestamp()""";
    private static final String RELEASE_SQL =
            "update reader_lease set leased_until = '-infinity' where reader = ? and holder = ?";

    private final JdbcClient database;
    private final String reader;
    private final String holder = UUID.randomUUID().toString();
    private boolean isHeld;
    private long heldAt;

    ReaderLease(JdbcClient database, String reader) {
        this.database = database;
        this.reader = reader;
    }

    /** Acquires or renews the lease. @return false while another instance holds it */
    public boolean hold() {
        if (!isHeld || System.nanoTime() - heldAt > TERM.dividedBy(4).toNanos()) {
            isHeld = database.update(HOLD_SQL, reader, holder, TERM.toMillis()) == 1;
            heldAt = System.nanoTime();
        }
        return isHeld;
    }

    /** Lets another instance take over at once. */
    public void release() {
        if (isHeld) {
            isHeld = false;
            database.update(RELEASE_SQL, reader, holder);
        }
    }
}
