package org.voyage.indicators.query;

import io.quarkus.arc.ClientProxy;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.voyage.indicators.evidence.EvidenceReader;
import org.voyage.indicators.intake.Follower;
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
        } else {
            breakOff(turn % 2 == 0 ? evidence : live);
        }
    }

    int struck() {
        return struck.get();
    }

    private static void breakOff(Object reader) {
        try {
            Field follower = reader.getClass().getDeclaredField("follower");
            follower.setAccessible(true);
            Field open = Follower.class.getDeclaredField("reader");
            open.setAccessible(true);
            if (open.get(follower.get(reader)) instanceof LogReader polling) {
                polling.wakeup();
            }
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
