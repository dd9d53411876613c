package org.voyage.feeds.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.voyage.feeds.delivery.config.DeliveryConfig;
import org.voyage.feeds.delivery.endpoint.DeliveredFeeds;
import org.voyage.feeds.delivery.endpoint.EndpointStore;
import org.voyage.feeds.delivery.endpoint.ReplayStore;
import org.voyage.feeds.delivery.http.WebhookClient;
import org.voyage.feeds.feed.FeedReader;
import org.voyage.feeds.feed.FeedWakeups;

/** Stores and clients that every deliverer uses. */
@ApplicationScoped
class DelivererDependencies {

    private final DeliveryStore store;
    private final DeliveryLeaseStore leases;
    private final EndpointStore endpoints;
    private final ReplayStore replays;
    private final DeliveredFeeds feeds;
    private final FeedReader reader;
    private final FeedWakeups wakeups;
    private final WebhookClient client;
    private final DeliveryMemory memory;
    private final DeliveryMetrics metrics;
    private final DeliveryConfig config;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final RandomGenerator random = new SecureRandom();

    DelivererDependencies(
            DeliveryStore store,
            DeliveryLeaseStore leases,
            EndpointStore endpoints,
            ReplayStore replays,
            DeliveredFeeds feeds,
            FeedReader reader,
            FeedWakeups wakeups,
            WebhookClient client,
            DeliveryMemory memory,
            DeliveryMetrics metrics,
            DeliveryConfig config,
            Clock clock) {
        this.store = store;
        this.leases = leases;
        this.endpoints = endpoints;
        this.replays = replays;
        this.feeds = feeds;
        this.reader = reader;
        this.wakeups = wakeups;
        this.client = client;
        this.memory = memory;
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
    }

    DeliveryStore store() {
        return store;
    }

    DeliveryLeaseStore leases() {
        return leases;
    }

    EndpointStore endpoints() {
        return endpoints;
    }

    ReplayStore replays() {
        return replays;
    }

    DeliveredFeeds feeds() {
        return feeds;
    }

    FeedReader reader() {
        return reader;
    }

    FeedWakeups wakeups() {
        return wakeups;
    }

    WebhookClient client() {
        return client;
    }

    DeliveryMemory memory() {
        return memory;
    }

    DeliveryMetrics metrics() {
        return metrics;
    }

    DeliveryConfig config() {
        return config;
    }

    Clock clock() {
        return clock;
    }

    ExecutorService threads() {
        return threads;
    }

    RandomGenerator random() {
        return random;
    }
}
