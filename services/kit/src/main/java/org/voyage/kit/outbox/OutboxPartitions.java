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

/** Keeps a partition ready for each of the coming days and drops those that are published and past retention. */
@ApplicationScoped
class OutboxPartitions {

    private static final int DAYS_AHEAD = 7;
    private static final String PREFIX = "outbox_";
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'" + PREFIX + "'yyyyMMdd");

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
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            LocalDate today = today(statement);
            for (int ahead = -1; ahead <= DAYS_AHEAD; ahead++) {
                LocalDate day = today.plusDays(ahead);
                statement.execute("create table if not exists %s partition of outbox for values from ('%s') to ('%s')"
                        .formatted(NAME.format(day), day, day.plusDays(1)));
            }
            for (LocalDate day : partitions(connection)) {
                if (day.isBefore(
                        today.minus(Period.ofDays((int) config.retention().toDays())))) {
                    dropIfPublished(connection, day);
                }
            }
        }
    }

    /** The database's day: it decides which partition a row goes to. */
    private static LocalDate today(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select current_date")) {
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

    private static void dropIfPublished(Connection connection, LocalDate day) throws SQLException {
        String name = NAME.format(day);
        String unpublished = """
                select exists (select from %1$s o, outbox_relay r where o.position > r.position)
                    or exists (select from %1$s o join outbox_stopped s using (topic, key) where o.position >= s.position)""".formatted(name);
        try (PreparedStatement statement = connection.prepareStatement(unpublished);
                ResultSet row = statement.executeQuery()) {
            row.next();
            if (row.getBoolean(1)) {
                return;
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table " + name);
        }
    }
}
