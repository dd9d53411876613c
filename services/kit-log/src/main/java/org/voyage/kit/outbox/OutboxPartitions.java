package org.voyage.kit.outbox;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.sql.DataSource;
import org.voyage.kit.database.DatabaseTimeout;
import org.voyage.kit.database.JdbcClient;

/**
 * Scheduled job that creates the partitions of the coming days and drops those that are published and past retention.
 * The tables belong to the owner of the database, so two functions do it with the owner's rights.
 */
@ApplicationScoped
class OutboxPartitions {

    private static final int DAYS_AHEAD = 7;
    private static final DateTimeFormatter PARTITION_NAME_FORMAT = DateTimeFormatter.ofPattern("'outbox_'yyyyMMdd");

    /** Instances that start at the same time take turns: PostgreSQL lets two of them create one table, and refuses one. */
    private static final String IN_TURN =
            " from pg_advisory_xact_lock(hashtextextended('partitions of the outbox', 0))";

    private final JdbcClient database;
    private final OutboxConfig config;

    OutboxPartitions(DataSource dataSource, OutboxConfig config) {
        this.database = new JdbcClient(dataSource);
        this.config = config;
    }

    void start(@Observes @Priority(50) StartupEvent event) {
        maintainPartitions();
    }

    @Scheduled(every = "1h", delayed = "1h")
    void maintainPartitions() {
        // A long transaction of another instance may hold the tables.
        DatabaseTimeout.runWithTimeout(DatabaseTimeout.LONG_WORK, this::addAndDropPartitions);
    }

    private void addAndDropPartitions() {
        // The database's day decides which partition a row goes to.
        LocalDate today = database.queryOne("select current_date", row -> row.getObject(1, LocalDate.class));
        for (int ahead = -1; ahead <= DAYS_AHEAD; ahead++) {
            database.execute("select outbox_add_partition(?)" + IN_TURN, today.plusDays(ahead));
        }
        LocalDate oldest = today.minus(Period.ofDays((int) config.retention().toDays()));
        for (LocalDate day : listPartitions()) {
            if (day.isBefore(oldest)) {
                database.execute("select outbox_drop_partition(?)" + IN_TURN, day);
            }
        }
    }

    private List<LocalDate> listPartitions() {
        return database.query(
                "select inhrelid::regclass::text from pg_inherits where inhparent = 'outbox'::regclass",
                row -> LocalDate.parse(row.getString(1), PARTITION_NAME_FORMAT.withZone(ZoneOffset.UTC)));
    }
}
