package org.voyage.indicators.query;

import io.quarkus.arc.ClientProxy;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.EvidenceIngester;
import org.voyage.indicators.live.LiveFiguresUpdater;
import org.voyage.kit.log.LogReader;

/**
 * Faults of the log readers: consumers of both readers fail in the middle of a poll, and the evidence sometimes stops
 * for a while.
 */
final class LogReaderFaults {

    private static final int HELD_MILLIS = 300;

    private final Object live;
    private final Object evidence;
    private final DataSource database;
    private final AtomicInteger faults = new AtomicInteger();

    LogReaderFaults(LiveFiguresUpdater live, EvidenceIngester evidence, DataSource database) {
        this.live = ClientProxy.unwrap(live);
        this.evidence = ClientProxy.unwrap(evidence);
        this.database = database;
    }

    void causeFault() {
        int turn = faults.incrementAndGet();
        if (turn % 4 == 0) {
            blockEvidence();
        } else if (turn % 2 == 0) {
            breakOffEvidence();
        } else {
            breakOffLive();
        }
    }

    int faultCount() {
        return faults.get();
    }

    private void breakOffLive() {
        breakOff(Objects.requireNonNull(fieldValue(live, "follower")));
    }

    private void breakOffEvidence() {
        List<?> followers = (List<?>) Objects.requireNonNull(fieldValue(evidence, "followers"));
        followers.forEach(LogReaderFaults::breakOff);
    }

    private static void breakOff(Object follower) {
        if (fieldValue(follower, "reader") instanceof LogReader polling) {
            polling.wakeup();
        }
    }

    private static @Nullable Object fieldValue(@Nullable Object of, String name) {
        try {
            Field field = Objects.requireNonNull(of).getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void blockEvidence() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select * from consumer_offset for update");
            statement.execute("select pg_sleep(" + HELD_MILLIS / 1000.0 + ")");
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
