package org.voyage.kit.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/** Listener to the commits of other instances (LISTEN), so that the relay of one publishes all writes at once. */
class OutboxListener implements AutoCloseable {

    static final String NOTIFY_CHANNEL = "outbox";
    private static final Logger LOG = Logger.getLogger(OutboxListener.class);
    private static final int NOTIFICATION_WAIT_MILLIS = 1_000;

    private final OutboxStore store;
    private final Runnable wake;
    private final Thread thread;
    private volatile boolean open = true;

    OutboxListener(OutboxStore store, Runnable wake) {
        this.store = store;
        this.wake = wake;
        this.thread = Thread.ofPlatform().daemon().name("outbox-listener").start(this::listenForCommits);
    }

    private void listenForCommits() {
        try (Connection connection = store.openConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("listen " + NOTIFY_CHANNEL);
            PGConnection postgres = connection.unwrap(PGConnection.class);
            while (open) {
                if (postgres.getNotifications(NOTIFICATION_WAIT_MILLIS) instanceof Object[] heard && heard.length > 0) {
                    wake.run();
                }
            }
            statement.execute("unlisten " + NOTIFY_CHANNEL);
        } catch (SQLException e) {
            // The relay itself detects the loss of the database; until then it polls.
            LOG.debugf("Listener ends: %s", e.getMessage());
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join(Duration.ofMillis(2L * NOTIFICATION_WAIT_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
