package org.voyage.feeds.subscription;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.feed.FeedWakeups;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.sse.SseConnection;
import org.voyage.kit.sse.SseStream;

/**
 * Streams of feeds. Each has a virtual thread that gets a page, writes it as fast as the client takes it, and waits for
 * news. A slow client keeps at most one page in memory, which it shares with other clients of the feed.
 */
@ApplicationScoped
class FeedStreamer {

    /** How long a reader may take nothing before its connection is closed. */
    private static final Duration STALL_LIMIT = Duration.ofSeconds(60);

    private static final Logger LOG = Logger.getLogger(FeedStreamer.class);
    private static final int MAX_CHUNKS_IN_FLIGHT = 2;
    private static final long MAX_PAGE_AGE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final FeedPageCache pages;
    private final FeedWakeups wakeups;
    private final SubscriptionConfig config;
    private final Clock clock;

    FeedStreamer(FeedPageCache pages, FeedWakeups wakeups, SubscriptionConfig config, Clock clock) {
        this.pages = pages;
        this.wakeups = wakeups;
        this.config = config;
        this.clock = clock;
    }

    /** Starts a stream after a position; it ends when the client leaves, the token expires, or the alliance may not read. */
    void startStream(
            Feed feed, FeedPosition after, Instant expiresAt, Sse sse, SseEventSink sink, HttpServerRequest request) {
        Optional<SseConnection> opened = SseConnection.open(sse, sink, request, MAX_CHUNKS_IN_FLIGHT);
        if (opened.isEmpty()) {
            return;
        }
        SseConnection connection = opened.get();
        SseStream stream = new SseStream(
                sse, connection, new SseStream.SseTimes(config.heartbeat(), STALL_LIMIT), expiresAt, clock);
        Thread.ofVirtual().name("feed-stream-" + feed.id()).start(() -> {
            try {
                DatabaseScope.runForAlliance(feed.alliance(), () -> {
                    writeEvents(feed, after, stream);
                    return true;
                });
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warnf("the stream of feed %s broke off: %s", feed.id(), e.getMessage());
            } finally {
                connection.complete();
            }
        });
    }

    private void writeEvents(Feed feed, FeedPosition after, SseStream stream) throws InterruptedException {
        Semaphore news = new Semaphore(0);
        FeedPosition position = after;
        // A suspension makes no event, and ends the stream.
        try (FeedWakeups.Registration _ = wakeups.register(feed.id(), news::release);
                FeedWakeups.Registration _ = wakeups.registerForAlliances(news::release)) {
            while (true) {
                news.drainPermits();
                FeedPageCache.PageAnswer answer = pages.readPage(feed, position);
                if (answer.endReason() != null) {
                    stream.endStream(answer.endReason());
                    return;
                }
                long readAt = System.nanoTime();
                for (FeedPage.PageChunk chunk : answer.page().chunks()) {
                    if (System.nanoTime() - readAt > MAX_PAGE_AGE_NANOS) {
                        // A slow client: a suspension or a narrower grant holds for the rest of the page too.
                        break;
                    }
                    if (!stream.writeEncoded(chunk.bytes())) {
                        return;
                    }
                    position = chunk.last();
                }
                if (answer.page().chunks().isEmpty()) {
                    boolean _ = news.tryAcquire(config.heartbeat().toMillis() / 3, TimeUnit.MILLISECONDS);
                    if (!stream.keepAlive()) {
                        return;
                    }
                }
            }
        }
    }
}
