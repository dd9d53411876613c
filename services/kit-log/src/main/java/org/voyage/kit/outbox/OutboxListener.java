package org.voyage.kit.outbox;

import java.util.List;
import org.voyage.kit.database.NotificationListener;

/** Listener to the commits of other instances (LISTEN), so that the relay of one publishes all writes at once. */
class OutboxListener implements AutoCloseable {

    static final String NOTIFY_CHANNEL = "outbox";

    private final NotificationListener listener;

    OutboxListener(OutboxStore store, Runnable wake) {
        this.listener = new NotificationListener(
                "outbox-listener",
                store::openConnection,
                List.of(NOTIFY_CHANNEL),
                new NotificationListener.NotificationHandler() {
                    @Override
                    public void handleConnection() {
                        // Commits before this one were not heard.
                        wake.run();
                    }

                    @Override
                    public void handleNotification(String channel, String payload) {
                        wake.run();
                    }
                });
    }

    @Override
    public void close() {
        listener.close();
    }
}
