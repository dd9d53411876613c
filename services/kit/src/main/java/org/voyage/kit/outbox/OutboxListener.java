package org.voyage.kit.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.FatalErrorHandler;

/**
 * Listener to the commits of other instances (LISTEN), so that the relay of one publishes all writes at once. After the
 * loss of its connection it listens again on another one.
 */
class OutboxListener implements AutoCloseable {

    static final String NOTIFY_CHANNEL = "outbox";
    private static final Logger LOG = Logger.getLogger(OutboxListener.class);
    private static final int NOTIFICATION_WAIT_MILLIS = 1_000;
    /** Nothing is sent over an idle connection: only a repeated statement shows that the server has gone. */
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(5);

    private static final int PROBE_TIMEOUT_MILLIS = 5_000;
    private static final Duration RECONNECT_PAUSE = Duration.ofSeconds(1);

    private final OutboxStore store;
    private final Runnable wake;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    OutboxListener(OutboxStore store, Runnable wake) {
        this.store = store;
        this.wake = wake;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("outbox-listener")
                .uncaughtExceptionHandler(new FatalErrorHandler())
                .start(this::listenUntilClosed);
    }

    private void listenUntilClosed() {
        boolean open = true;
        while (open) {
            try (Connection connection = store.openConnection()) {
                listenForCommits(connection);
            } catch (SQLException | DatabaseException e) {
                // The relay itself reports the loss of the database; until the next connection it polls.
                LOG.debugf("Listener: connects again: %s", e.getMessage());
            }
            open = !awaitClose(RECONNECT_PAUSE);
        }
    }

    private void listenForCommits(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        // Until the pool gives the connection to its next user (RowLevelSecurityInterceptor).
        ((Connection) postgres).setNetworkTimeout(Runnable::run, PROBE_TIMEOUT_MILLIS);
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + NOTIFY_CHANNEL);
            // Commits before this one were not heard.
            wake.run();
            long probedAt = System.nanoTime();
            while (closed.getCount() > 0) {
                // The driver waits for this long only, whatever the time-out of the connection.
                if (postgres.getNotifications(NOTIFICATION_WAIT_MILLIS) instanceof Object[] heard && heard.length > 0) {
                    wake.run();
                }
                if (System.nanoTime() - probedAt > PROBE_INTERVAL.toNanos()) {
                    statement.execute("listen " + NOTIFY_CHANNEL);
                    probedAt = System.nanoTime();
                }
            }
            statement.execute("unlisten " + NOTIFY_CHANNEL);
        }
    }

    /** Waits for the end. @return whether the listener is closed */
    private boolean awaitClose(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(Duration.ofMillis(2L * NOTIFICATION_WAIT_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
