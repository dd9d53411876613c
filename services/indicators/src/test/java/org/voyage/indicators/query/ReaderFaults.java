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
import org.voyage.indicators.evidence.EvidenceReader;
import org.voyage.indicators.intake.LogReader;
import org.voyage.indicators.live.LiveReader;

/** Breaks the consumers of both readers in the middle of a poll, and now and then stops the evidence for a while. */
final class ReaderFaults {

    private static final int HELD_MILLIS = 300;

    private final Object live;
    private final Object evidence;
    private final DataSource database;
    private final AtomicInteger struck = new AtomicInteger();

    ReaderFaults(LiveReader live, EvidenceReader evidence, DataSource database) {
        this.live = ClientProxy.unwrap(live);
        this.evidence = ClientProxy.unwrap(evidence);
        this.database = database;
    }

    void strike() {
        int turn = struck.incrementAndGet();
        if (turn % 4 == 0) {
            holdEvidence();
        } else if (turn % 2 == 0) {
            breakOffEvidence();
        } else {
            breakOffLive();
        }
    }

    int struck() {
        return struck.get();
    }

    private void breakOffLive() {
        breakOff(Objects.requireNonNull(value(live, "follower")));
    }

    private void breakOffEvidence() {
        List<?> followers = (List<?>) Objects.requireNonNull(value(evidence, "followers"));
        followers.forEach(ReaderFaults::breakOff);
    }

    private static void breakOff(Object follower) {
        if (value(follower, "reader") instanceof LogReader polling) {
            polling.wakeup();
        }
    }

    private static @Nullable Object value(@Nullable Object of, String name) {
        try {
            Field field = Objects.requireNonNull(of).getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void holdEvidence() {
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
