package org.voyage.feeds.quota;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;

/** Store of the use of the last hour by alliance, in slots of five minutes by the clock of the database. */
@ApplicationScoped
public class AllianceUseStore {

    static final Duration PERIOD = Duration.ofHours(1);

    private static final String ADD_SQL = """
            insert into alliance_use as used (alliance, slot, scanned, events)
            values (?, date_bin('5 minutes', now(), 'epoch'), ?, ?)
            on conflict (alliance, slot)
              do update set scanned = used.scanned + excluded.scanned, events = used.events + excluded.events""";
    private static final String LOAD_SQL = """
            select slot, scanned, events from alliance_use
             where alliance = ? and slot > now() - ? * interval '1 ms' order by slot""";
    private static final String BYTES_SQL = "select coalesce(sum(stored_bytes), 0) from feed where alliance = ?";
    private static final String DELETE_SQL = "delete from alliance_use where slot < now() - ? * interval '1 ms'";

    private final JdbcClient database;

    AllianceUseStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /**
     * Use in a slot.
     *
     * @param begin of the slot
     * @param scanned records
     * @param events that were stored, or are sent again
     */
    record UsedSlot(Instant begin, long scanned, long events) {}

    /** Adds to the use of an alliance, in the transaction of a client. */
    public static void add(JdbcClient transaction, String alliance, long scanned, long events) {
        if (scanned > 0 || events > 0) {
            transaction.update(ADD_SQL, alliance, scanned, events);
        }
    }

    void add(String alliance, long scanned, long events) {
        add(database, alliance, scanned, events);
    }

    /** Returns the slots of the last hour, the oldest first. */
    List<UsedSlot> loadSlots(String alliance) {
        return database.query(
                LOAD_SQL,
                row -> new UsedSlot(RowMapper.readInstant(row, 1), row.getLong(2), row.getLong(3)),
                alliance,
                PERIOD.toMillis());
    }

    /** Returns the stored bytes of all feeds of an alliance, also of deleted ones that are not freed yet. */
    long countBytes(String alliance) {
        return database.queryOne(BYTES_SQL, row -> row.getLong(1), alliance);
    }

    /** Deletes the slots that count no more. */
    public static void deleteOld(JdbcClient database) {
        database.update(DELETE_SQL, PERIOD.multipliedBy(2).toMillis());
    }
}
