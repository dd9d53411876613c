package org.voyage.feeds.delivery;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.config.DeliveryConfig;
import org.voyage.feeds.delivery.endpoint.EndpointSecretStore;
import org.voyage.feeds.delivery.endpoint.FeedEndpoint;
import org.voyage.feeds.delivery.http.WebhookUrlParser;
import org.voyage.feeds.delivery.http.WebhookUrlParser.UrlRefusedException;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.health.ComponentHealth;
import org.voyage.kit.health.ComponentHeartbeat;
import org.voyage.kit.problem.FatalErrorHandler;

/**
 * The deliverers of this instance: takes leases of endpoints that no instance serves, renews those it has, and begins again
 * when an endpoint was changed.
 */
@ApplicationScoped
class EndpointDeliveries {

    private static final Logger LOG = Logger.getLogger(EndpointDeliveries.class);
    private static final Duration ROUND = Duration.ofMillis(500);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);
    /** Leases that are taken at once, so that instances that start together share. Their deliverers begin side by side. */
    private static final int LEASES_AT_ONCE = 16;
    /** A round takes leases for this part of their time at most; then those of this instance are renewed. */
    private static final int ROUND_PART = 4;

    private final DelivererDependencies services;
    private final EndpointSecretStore secrets;
    private final WebhookUrlParser urls;
    private final DeliveryConfig config;
    private final ComponentHealth health;
    private final String holder = UUID.randomUUID().toString();
    private final Map<String, RunningDeliverer> running = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread thread;
    private @Nullable ComponentHeartbeat watch;

    private record RunningDeliverer(EndpointDeliverer deliverer, Thread thread) {}

    EndpointDeliveries(
            DelivererDependencies services,
            EndpointSecretStore secrets,
            WebhookUrlParser urls,
            DeliveryConfig config,
            ComponentHealth health) {
        this.services = services;
        this.secrets = secrets;
        this.urls = urls;
        this.config = config;
        this.health = health;
    }

    void start(@Observes StartupEvent event) {
        requireEncryption(config);
        Thread leasing = Thread.ofPlatform()
                .daemon()
                .name("webhook-leases")
                .uncaughtExceptionHandler(new FatalErrorHandler())
                .start(this::runRounds);
        thread = leasing;
        watch = health.watchThread("leases of webhooks", leasing);
    }

    /** @throws IllegalStateException in production if webhooks may go out in clear */
    static void requireEncryption(DeliveryConfig config) {
        if (config.httpAllowed() && ConfigUtils.isProfileActive("prod")) {
            throw new IllegalStateException(
                    "voyage.feeds.delivery.http-allowed is for laptops and tests: in production webhooks are encrypted.");
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        Optional.ofNullable(watch).ifPresent(ComponentHeartbeat::retire);
        if (thread != null) {
            thread.join(STOP_LIMIT);
        }
    }

    private void runRounds() {
        try {
            while (!stopped.await(ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    DatabaseScope.runForAllProvinces(this::runRound);
                } catch (RuntimeException e) {
                    LOG.warnf("Leases of endpoints are not renewed: %s", e.toString());
                }
            }
            stopDeliverers();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean runRound() throws InterruptedException {
        running.values().removeIf(each -> !each.thread().isAlive());
        renewLeases();
        long roundEnd = System.nanoTime() + DeliveryLeaseStore.TERM.toNanos() / ROUND_PART;
        int taken;
        do {
            taken = takeLeases();
        } while (taken == LEASES_AT_ONCE && System.nanoTime() < roundEnd && stopped.getCount() > 0);
        return true;
    }

    /** Takes some of the free leases and starts their deliverers. @return number of the leases */
    private int takeLeases() throws InterruptedException {
        long until = leaseEnd();
        List<DeliveryLease> leases = services.leases().acquire(holder, LEASES_AT_ONCE);
        services.threads()
                .invokeAll(leases.stream()
                        .map(lease -> Executors.callable(
                                () -> DatabaseScope.runForAllProvinces(() -> startDeliverer(lease, until))))
                        .toList());
        return leases.size();
    }

    private void renewLeases() {
        if (running.isEmpty()) {
            return;
        }
        long until = leaseEnd();
        Map<String, DeliveryLease> renewed = new ConcurrentHashMap<>();
        services.leases()
                .renew(holder, List.copyOf(running.keySet()))
                .forEach(each -> renewed.put(each.endpoint(), each));
        running.forEach((endpoint, each) -> {
            DeliveryLease held = each.deliverer().lease();
            if (held.equals(renewed.get(endpoint))) {
                each.deliverer().extendLease(until);
            } else {
                // Lost, disabled, or changed: what follows is read from the database.
                each.deliverer().stop();
            }
        });
    }

    /** Returns when a lease that is taken now ends, by the clock of this process. */
    private long leaseEnd() {
        return System.nanoTime() + DeliveryLeaseStore.TERM.toNanos();
    }

    private void startDeliverer(DeliveryLease lease, long until) {
        try {
            Optional<FeedEndpoint> endpoint = services.endpoints().find(lease.endpoint());
            if (endpoint.isEmpty()) {
                return;
            }
            EndpointDeliverer deliverer = new EndpointDeliverer(
                    services,
                    lease,
                    endpoint.get(),
                    urls.parse(endpoint.get().url()),
                    () -> secrets.loadSigningSecrets(
                            endpoint.get(), services.clock().instant()),
                    until);
            Thread started =
                    Thread.ofVirtual().name("webhooks-" + lease.endpoint()).start(deliverer);
            @Nullable RunningDeliverer former = running.put(lease.endpoint(), new RunningDeliverer(deliverer, started));
            if (former != null) {
                former.deliverer().stop();
            }
        } catch (UrlRefusedException | RuntimeException e) {
            // One endpoint must not stop the others; its lease ends by itself.
            LOG.warnf("Endpoint %s cannot be served: %s", lease.endpoint(), e.toString());
        }
    }

    private void stopDeliverers() throws InterruptedException {
        List<RunningDeliverer> all = new ArrayList<>(running.values());
        all.forEach(each -> each.deliverer().stop());
        long limit = System.nanoTime() + STOP_LIMIT.toNanos();
        for (RunningDeliverer each : all) {
            each.thread().join(Duration.ofNanos(Math.max(1, limit - System.nanoTime())));
        }
    }
}
