package org.voyage.feeds.subscription;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.sse.SseConnection;
import org.voyage.kit.sse.SseStream;

/**
 * Streams of feeds. Each has a virtual thread that reads a page, writes it as fast as the client takes it, and waits for
 * news. Only one page of a slow client is in memory.
 */
@ApplicationScoped
class FeedStreamer {

    private static final Logger LOG = Logger.getLogger(FeedStreamer.class);
    private static final int MAX_EVENTS_IN_FLIGHT = 16;
    private static final int PAGE_EVENTS = 100;
    private static final String SUSPENDED = "alliance-suspended";
    private static final String DELETED = "feed-deleted";

    private final FeedLogReader log;
    private final FeedAccess access;
    private final FeedStore feeds;
    private final SubscriptionConfig config;
    private final Clock clock;

    FeedStreamer(FeedLogReader log, FeedAccess access, FeedStore feeds, SubscriptionConfig config, Clock clock) {
        this.log = log;
        this.access = access;
        this.feeds = feeds;
        this.config = config;
        this.clock = clock;
    }

    /** Starts a stream after a position; it ends when the client leaves, the token expires, or the alliance may not read. */
    void startStream(
            Feed feed, FeedPosition after, Instant expiresAt, Sse sse, SseEventSink sink, HttpServerRequest request) {
        Optional<SseConnection> opened = SseConnection.open(sse, sink, request, MAX_EVENTS_IN_FLIGHT);
        if (opened.isEmpty()) {
            return;
        }
        SseConnection connection = opened.get();
        SseStream stream = new SseStream(
                sse, connection, new SseStream.SseTimes(config.heartbeat(), config.stalled()), expiresAt, clock);
        Thread.ofVirtual().name("feed-stream-" + feed.id()).start(() -> {
            try {
                DatabaseScope.runForAlliance(feed.alliance(), () -> {
                    writeEvents(feed, after, sse, stream);
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

    private void writeEvents(Feed feed, FeedPosition after, Sse sse, SseStream stream) throws InterruptedException {
        FeedPosition position = after;
        while (true) {
            if (!access.mayGoOn(feed.alliance())) {
                stream.endStream(SUSPENDED);
                return;
            }
            if (feeds.find(feed.id()).isEmpty()) {
                stream.endStream(DELETED);
                return;
            }
            List<FeedMessage> messages = log.readMessages(feed, position, PAGE_EVENTS);
            for (FeedMessage message : messages) {
                if (!stream.writeEvent(() -> toEvent(sse, message))) {
                    return;
                }
                position = message.position();
            }
            if (messages.isEmpty()) {
                log.awaitNews(feed, position, config.heartbeat().dividedBy(3));
                if (!stream.keepAlive()) {
                    return;
                }
            }
        }
    }

    private static OutboundSseEvent toEvent(Sse sse, FeedMessage message) {
        return sse.newEventBuilder()
                .id(message.position().text())
                .name(message.kind())
                .data(new String(message.body(), StandardCharsets.UTF_8))
                .build();
    }
}
