package org.voyage.kit.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.voyage.kit.problem.FatalErrorHandler;

/**
 * Listener to notifications of PostgreSQL (LISTEN) on one connection and one thread. After the loss of its connection it
 * listens again on another one.
 */
public final class NotificationListener implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(NotificationListener.class);
    private static final int NOTIFICATION_WAIT_MILLIS = 1_000;
    /** Nothing is sent over an idle connection: only a repeated statement shows that the server has gone. */
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(5);

    private static final int PROBE_TIMEOUT_MILLIS = 5_000;
    private static final Duration RECONNECT_PAUSE = Duration.ofSeconds(1);

    private final JdbcClient.ConnectionSource connections;
    private final List<String> channels;
    private final NotificationHandler handler;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** Handler of notifications, on the thread of the listener. */
    public interface NotificationHandler {
        /** The listener hears from now on; it has missed all notifications of before. */
        void handleConnection();

        void handleNotification(String channel, String payload);
    }

    /**
     * Starts a listener.
     *
     * @param name of its thread
     * @param channels names that need no quoting
     */
    public NotificationListener(
            String name, JdbcClient.ConnectionSource connections, List<String> channels, NotificationHandler handler) {
        this.connections = connections;
        this.channels = List.copyOf(channels);
        this.handler = handler;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name(name)
                .uncaughtExceptionHandler(new FatalErrorHandler())
                .start(this::listenUntilClosed);
    }

    private void listenUntilClosed() {
        boolean open = true;
        while (open) {
            try (Connection connection = connections.open()) {
                listenOn(connection);
            } catch (SQLException | DatabaseException e) {
                // Others report the loss of the database; until the next connection the handler hears nothing.
                LOG.debugf("Listener: connects again: %s", e.getMessage());
            }
            open = !awaitClose(RECONNECT_PAUSE);
        }
    }

    private void listenOn(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        // Until the pool gives the connection to its next user (RowLevelSecurityInterceptor).
        ((Connection) postgres).setNetworkTimeout(Runnable::run, PROBE_TIMEOUT_MILLIS);
        try (Statement statement = connection.createStatement()) {
            listen(statement, "listen");
            handler.handleConnection();
            long probedAt = System.nanoTime();
            while (closed.getCount() > 0) {
                // The driver waits for this long only, whatever the time-out of the connection.
                PGNotification[] heard = postgres.getNotifications(NOTIFICATION_WAIT_MILLIS);
                if (heard != null) {
                    for (PGNotification each : heard) {
                        handler.handleNotification(each.getName(), each.getParameter());
                    }
                }
                if (System.nanoTime() - probedAt > PROBE_INTERVAL.toNanos()) {
                    listen(statement, "listen");
                    probedAt = System.nanoTime();
                }
            }
            listen(statement, "unlisten");
        }
    }

    private void listen(Statement statement, String verb) throws SQLException {
        for (String channel : channels) {
            statement.execute(verb + " " + channel);
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
