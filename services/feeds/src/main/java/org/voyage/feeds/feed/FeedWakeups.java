package org.voyage.feeds.feed;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.NotificationListener;
import org.voyage.kit.database.NotificationListener.NotificationHandler;

/** Wakes readers of feeds when events of their feed become visible, and the assigner when the registry changes. */
@ApplicationScoped
public class FeedWakeups {

    /** Channel of notifications about visible events; the payload names the feeds. */
    private static final String NEWS_CHANNEL = "feeds_news";

    /** Channel of notifications about changed feeds, grants, members and alliances; the payload names the table. */
    private static final String CHANGE_CHANNEL = "feeds_changed";

    private static final String FEED_TABLE = "feed";
    private static final String SEPARATOR = ",";
    /** A payload has at most 8,000 bytes. */
    private static final int MAX_PAYLOAD_LENGTH = 7_500;

    private final DataSource dataSource;
    private final Map<String, Set<Runnable>> listenersByFeed = new ConcurrentHashMap<>();
    private final Set<ChangeListener> changeListeners = new CopyOnWriteArraySet<>();
    private volatile @Nullable NotificationListener listener;

    FeedWakeups(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void start(@Observes StartupEvent event) {
        listener = new NotificationListener(
                "feeds-listener", dataSource::getConnection, List.of(NEWS_CHANNEL, CHANGE_CHANNEL), new Dispatcher());
    }

    void stop(@Observes ShutdownEvent event) {
        NotificationListener open = listener;
        if (open != null) {
            open.close();
        }
    }

    /** Registration that ends with {@link #close}. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Runs an action each time that events of a feed may have become visible, on a thread that it must not block. An event
     * that was visible before is not announced: read after the registration.
     */
    public Registration register(String feed, Runnable action) {
        listenersByFeed.compute(feed, (_, listeners) -> {
            Set<Runnable> all = listeners == null ? new CopyOnWriteArraySet<>() : listeners;
            all.add(action);
            return all;
        });
        return () -> listenersByFeed.computeIfPresent(feed, (_, listeners) -> {
            listeners.remove(action);
            return listeners.isEmpty() ? null : listeners;
        });
    }

    /** Listener to changes of feeds, grants, members and alliances. */
    public interface ChangeListener {
        /** @param isOfFeeds whether grants, members and alliances are as they were */
        void noteChange(boolean isOfFeeds);
    }

    /** Calls a listener each time that feeds, grants, members or alliances may have changed. */
    public Registration registerForChanges(ChangeListener added) {
        changeListeners.add(added);
        return () -> changeListeners.remove(added);
    }

    /** Runs an action each time that grants, members or alliances may have changed, on a thread that it must not block. */
    public Registration registerForAlliances(Runnable action) {
        return registerForChanges(isOfFeeds -> {
            if (!isOfFeeds) {
                action.run();
            }
        });
    }

    /**
     * Waits until events of a feed may have become visible, or an alliance may have been suspended. Blocks its thread.
     *
     * @param hasNews asked once after the registration: what happened before it is not announced
     * @return false when the limit passes first
     */
    public boolean awaitNews(String feed, BooleanSupplier hasNews, Duration limit) throws InterruptedException {
        CountDownLatch news = new CountDownLatch(1);
        try (Registration _ = register(feed, news::countDown);
                Registration _ = registerForAlliances(news::countDown)) {
            return hasNews.getAsBoolean() || news.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Announces in a transaction that events of feeds become visible with it. */
    public static void announceNews(JdbcClient transaction, Collection<String> feeds) {
        StringBuilder payload = new StringBuilder();
        for (String feed : feeds) {
            if (payload.length() + feed.length() > MAX_PAYLOAD_LENGTH) {
                transaction.execute("select pg_notify(?, ?)", NEWS_CHANNEL, payload.toString());
                payload.setLength(0);
            }
            payload.append(payload.isEmpty() ? "" : SEPARATOR).append(feed);
        }
        if (!payload.isEmpty()) {
            transaction.execute("select pg_notify(?, ?)", NEWS_CHANNEL, payload.toString());
        }
    }

    private final class Dispatcher implements NotificationHandler {

        @Override
        public void handleConnection() {
            listenersByFeed.values().forEach(each -> each.forEach(Runnable::run));
            changeListeners.forEach(each -> each.noteChange(false));
        }

        @Override
        public void handleNotification(String channel, String payload) {
            if (channel.equals(CHANGE_CHANNEL)) {
                changeListeners.forEach(each -> each.noteChange(payload.equals(FEED_TABLE)));
                return;
            }
            for (String feed : payload.split(SEPARATOR)) {
                listenersByFeed.getOrDefault(feed, Set.of()).forEach(Runnable::run);
            }
        }
    }
}
