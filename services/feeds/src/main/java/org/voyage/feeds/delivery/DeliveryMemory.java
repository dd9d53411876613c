package org.voyage.feeds.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.voyage.feeds.delivery.config.DeliveryConfig;
import org.voyage.feeds.delivery.endpoint.FeedEndpoint;

/**
 * Memory of this instance for the bodies of webhooks, for all endpoints together: one half for bodies that are read ahead,
 * one for those under way. A body for which there is no room is read again when it is sent; a request waits for room.
 */
@ApplicationScoped
class DeliveryMemory {

    /** Slow receivers of one alliance leave room for the others. */
    private static final int PARTS_FOR_ALLIANCES = 4;
    /** Pages of a log that are read at a time: their bodies are counted only once they are read. */
    private static final int PAGES_AT_A_TIME = 4;

    private final int half;
    private final Semaphore ahead;
    private final Semaphore underWay;
    private final Semaphore pages = new Semaphore(PAGES_AT_A_TIME, true);
    private final Map<String, Semaphore> underWayByAlliance = new ConcurrentHashMap<>();

    DeliveryMemory(DeliveryConfig config, MeterRegistry registry) {
        this.half = Math.max(PARTS_FOR_ALLIANCES, config.memoryBytes() / 2);
        this.ahead = new Semaphore(half);
        this.underWay = new Semaphore(half, true);
        registry.gauge("voyage.feeds.webhooks.memory.bytes", this, DeliveryMemory::countUsed);
    }

    private int countUsed() {
        return 2 * half - ahead.availablePermits() - underWay.availablePermits();
    }

    /** Reserves memory for a body that is read ahead. @return false if there is no room */
    boolean reserveAhead(int bytes) {
        return ahead.tryAcquire(bytes);
    }

    /** Gives memory of bodies back. */
    void releaseAhead(int bytes) {
        ahead.release(bytes);
    }

    /** Waits until a page of a log may be read. */
    MemoryRoom awaitPage() throws InterruptedException {
        pages.acquire();
        return pages::release;
    }

    /** Room for a page or a request; it ends with {@link #close}. */
    interface MemoryRoom extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for room for a request. @param bytes of its body; more than there are at all counts as all */
    MemoryRoom awaitRoom(FeedEndpoint endpoint, long bytes) throws InterruptedException {
        int part = half / PARTS_FOR_ALLIANCES;
        int needed = (int) Math.clamp(bytes, 1, part);
        Semaphore ofAlliance = underWayByAlliance.computeIfAbsent(endpoint.alliance(), _ -> new Semaphore(part, true));
        ofAlliance.acquire(needed);
        try {
            underWay.acquire(needed);
        } catch (InterruptedException e) {
            ofAlliance.release(needed);
            throw e;
        }
        return () -> {
            underWay.release(needed);
            ofAlliance.release(needed);
        };
    }
}
