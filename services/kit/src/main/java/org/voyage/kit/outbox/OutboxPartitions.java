package org.voyage.kit.outbox;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Keeps a partition ready for each of the coming days and drops those that are published and past retention. The tables
 * belong to the owner of the database, on whose behalf two functions do it.
 */
@ApplicationScoped
class OutboxPartitions {

    private static final int DAYS_AHEAD = 7;
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'outbox_'yyyyMMdd");

    private final DataSource dataSource;
    private final OutboxConfig config;

    OutboxPartitions(DataSource dataSource, OutboxConfig config) {
        this.dataSource = dataSource;
        this.config = config;
    }

    void start(@Observes @Priority(50) StartupEvent event) throws SQLException {
        maintain();
    }

    @Scheduled(every = "1h", delayed = "1h")
    void maintain() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            LocalDate today = today(connection);
            for (int ahead = -1; ahead <= DAYS_AHEAD; ahead++) {
                run(connection, "select outbox_add_partition(?)", today.plusDays(ahead));
            }
            for (LocalDate day : partitions(connection)) {
                if (day.isBefore(
                        today.minus(Period.ofDays((int) config.retention().toDays())))) {
                    run(connection, "select outbox_drop_partition(?)", day);
                }
            }
        }
    }

    /** The database's day: it decides which partition a row goes to. */
    private static LocalDate today(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_date")) {
            row.next();
            return row.getObject(1, LocalDate.class);
        }
    }

    private static List<LocalDate> partitions(Connection connection) throws SQLException {
        List<LocalDate> days = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select inhrelid::regclass::text from pg_inherits where inhparent = 'outbox'::regclass")) {
            while (row.next()) {
                days.add(LocalDate.parse(row.getString(1), NAME.withZone(ZoneOffset.UTC)));
            }
        }
        return days;
    }

    private static void run(Connection connection, String function, LocalDate day) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(function)) {
            statement.setObject(1, day);
            statement.execute();
        }
    }
}
