package org.voyage.feeds.delivery;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.voyage.feeds.delivery.DeliveryMessages.RequestMessages;
import org.voyage.feeds.delivery.config.DeliveryConfig;
import org.voyage.feeds.delivery.endpoint.DisableReason;
import org.voyage.feeds.delivery.endpoint.EndpointStatus;
import org.voyage.feeds.delivery.endpoint.FeedEndpoint;
import org.voyage.feeds.delivery.http.SigningSecret;
import org.voyage.feeds.delivery.http.WebhookReply;
import org.voyage.feeds.delivery.http.WebhookSigner;
import org.voyage.feeds.delivery.http.WebhookUrl;
import org.voyage.feeds.delivery.queue.DeliveryQueue;
import org.voyage.feeds.delivery.queue.DeliveryRequest;
import org.voyage.feeds.delivery.queue.DeliveryRules;
import org.voyage.feeds.delivery.queue.DeliverySnapshot;
import org.voyage.feeds.delivery.queue.HeldEvent;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.FeedWakeups;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.trace.EventTraces;

/**
 * Deliverer of one endpoint while this instance holds its lease: reads the feed, carries out what the queue decides, and
 * notes what became of it. Requests run on virtual threads of their own.
 */
final class EndpointDeliverer implements Runnable {

    /** Longest time between an accepted delivery and the note of it; a crash repeats what is not noted. */
    private static final Duration NOTE_INTERVAL = Duration.ofMillis(250);

    private static final Logger LOG = Logger.getLogger(EndpointDeliverer.class);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(20);
    private static final Duration SECRETS_EVERY = Duration.ofSeconds(5);
    private static final Duration FAILURE_PAUSE = Duration.ofSeconds(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final DelivererDependencies services;
    private final DeliveryLease lease;
    private final FeedEndpoint endpoint;
    private final WebhookUrl url;
    private final Supplier<List<SigningSecret>> secretSource;
    private final DeliveryQueue queue;
    private final DeliveryMessages messages;
    private final ReplayRunner replays;
    private final DeliveryLogBuffer logBuffer;
    private final DeliveryConfig config;
    private final Clock clock;
    private final BlockingQueue<Object> inbox = new LinkedBlockingQueue<>();
    private List<HeldEvent> notedHeld;
    private Instant notedAt;
    private Instant secretsReadAt;
    /** A former secret ends while the deliverer runs. */
    private volatile List<SigningSecret> secrets;

    private volatile boolean isStopped;
    /** By the clock of this process, which goes on while the process is suspended. */
    private volatile long leasedUntilNanos;

    private record FinishedRequest(DeliveryRequest request, WebhookReply reply, Instant time) {}

    EndpointDeliverer(
            DelivererDependencies services,
            DeliveryLease lease,
            FeedEndpoint endpoint,
            WebhookUrl url,
            Supplier<List<SigningSecret>> secretSource,
            long leasedUntilNanos) {
        this.services = services;
        this.lease = lease;
        this.endpoint = endpoint;
        this.url = url;
        this.secretSource = secretSource;
        this.secrets = secretSource.get();
        this.config = services.config();
        this.clock = services.clock();
        DeliverySnapshot stored = services.store().load(endpoint.id());
        this.notedHeld = stored.held();
        this.queue = new DeliveryQueue(stored, DeliveryRules.of(config, endpoint.batch()), services.random());
        this.messages = new DeliveryMessages(services, endpoint, queue);
        this.replays = new ReplayRunner(services, endpoint, queue);
        this.logBuffer = new DeliveryLogBuffer(config.retryPauses().size() + 1);
        this.notedAt = clock.instant();
        this.secretsReadAt = notedAt;
        this.leasedUntilNanos = leasedUntilNanos;
    }

    DeliveryLease lease() {
        return lease;
    }

    void extendLease(long untilNanos) {
        leasedUntilNanos = untilNanos;
    }

    /** Ends the deliverer; what is in flight is awaited for a short time. */
    void stop() {
        isStopped = true;
        wakeUp();
    }

    /** Lets the deliverer look for events. */
    void wakeUp() {
        inbox.add(true);
    }

    @Override
    public void run() {
        try (FeedWakeups.Registration _ = services.wakeups().register(endpoint.feed(), this::wakeUp)) {
            deliver();
        } finally {
            messages.forgetAll();
        }
    }

    private void deliver() {
        DatabaseScope.runForAllProvinces(() -> {
            boolean holdsLease = true;
            while (!isStopped
                    && !isLeaseOver()
                    && holdsLease
                    && logBuffer.disabled().isEmpty()) {
                try {
                    holdsLease = runStep();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                } catch (RuntimeException e) {
                    // What is in memory is given up; the next deliverer goes on from the last note.
                    LOG.warnf(e, "Deliveries to endpoint %s begin again", endpoint.id());
                    pause();
                    holdsLease = false;
                    release();
                }
            }
            if (holdsLease) {
                end();
            }
        });
    }

    /** @return false when the lease is lost */
    private boolean runStep() throws InterruptedException {
        readSecrets();
        Optional<FeedScope> scope = messages.readScope();
        if (scope.isPresent()) {
            messages.fillQueue(position -> logBuffer.addExpired(position, clock.instant()));
            replays.load(scope.get());
        }
        List<DeliveryRequest> begun =
                scope.isPresent() && !isLeaseOver() ? queue.beginRequests(clock.instant()) : List.of();
        begun.stream().filter(each -> !isComposed(each)).forEach(this::send);
        logBuffer.addNotices(queue.takeNotices(), 0);
        // The composition of a batch is stored before it is sent.
        boolean isBatchComposed = begun.stream().anyMatch(EndpointDeliverer::isComposed);
        if ((isBatchComposed || isNoteDue()) && !note()) {
            return false;
        }
        begun.stream().filter(EndpointDeliverer::isComposed).forEach(this::send);
        awaitWork();
        return true;
    }

    private static boolean isComposed(DeliveryRequest request) {
        return request.isBatch() && request.isFirstTry();
    }

    private boolean isLeaseOver() {
        return System.nanoTime() - leasedUntilNanos > 0;
    }

    private void readSecrets() {
        Instant now = clock.instant();
        if (!now.isBefore(secretsReadAt.plus(SECRETS_EVERY))) {
            secrets = secretSource.get();
            secretsReadAt = now;
        }
    }

    private void send(DeliveryRequest request) {
        RequestMessages source = messages.find(request);
        services.threads().execute(() -> inbox.add(sendWithinMemory(request, source)));
    }

    private FinishedRequest sendWithinMemory(DeliveryRequest request, RequestMessages source) {
        try (DeliveryMemory.MemoryRoom _ = services.memory().awaitRoom(endpoint, request.bytes())) {
            Instant time = clock.instant();
            return new FinishedRequest(request, sendNow(request, source, time), time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new FinishedRequest(request, WebhookReply.failed(), clock.instant());
        }
    }

    private WebhookReply sendNow(DeliveryRequest request, RequestMessages source, Instant time) {
        try {
            List<FeedMessage> found = source.get();
            if (found.isEmpty()) {
                return WebhookReply.expired();
            }
            WebhookBody body = WebhookBody.of(endpoint.feed(), request, found);
            List<Span> spans = beginSpans(body, found);
            WebhookReply reply = services.client()
                    .post(
                            url,
                            body.contentType(),
                            WebhookSigner.signRequest(body.id(), time, body.bytes(), secrets),
                            body.bytes());
            spans.forEach(span -> endSpan(span, reply));
            return reply;
        } catch (RuntimeException e) {
            LOG.warnf("A delivery to endpoint %s failed: %s", endpoint.id(), e.toString());
            return WebhookReply.failed();
        }
    }

    /** A batch is in the trace of each of its events. The receiver gets no traceparent (docs/adr/0056). */
    private List<Span> beginSpans(WebhookBody body, List<FeedMessage> sent) {
        return sent.stream()
                .map(FeedMessage::traceparent)
                .filter(Objects::nonNull)
                .map(traceparent -> EventTraces.beginSpan(
                                "deliver webhook", SpanKind.CLIENT, endpoint.feed(), traceparent)
                        .setAttribute("messaging.message.id", body.id()))
                .toList();
    }

    private static void endSpan(Span span, WebhookReply reply) {
        span.setAttribute("http.response.status_code", reply.status());
        if (!reply.isAccepted()) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    private void awaitWork() throws InterruptedException {
        Duration wait = queue.nextTimeout()
                .map(at -> Duration.between(clock.instant(), at))
                .filter(each -> each.compareTo(DeliveryMessages.LONGEST_PAUSE) < 0)
                .orElse(DeliveryMessages.LONGEST_PAUSE);
        if (hasNotes() && wait.compareTo(NOTE_INTERVAL) > 0) {
            wait = NOTE_INTERVAL;
        }
        if (wait.compareTo(SHORTEST_WAIT) < 0) {
            wait = SHORTEST_WAIT;
        }
        Object first = inbox.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        for (Object each = first; each != null; each = inbox.poll()) {
            if (each instanceof FinishedRequest finished) {
                finish(finished);
            } else {
                messages.expectNews();
            }
        }
    }

    private void finish(FinishedRequest finished) {
        DeliveryRequest request = finished.request();
        WebhookReply reply = finished.reply();
        queue.finish(request, reply.outcome(), clock.instant());
        services.metrics()
                .countRequest(endpoint.alliance(), reply, request.events().size());
        logBuffer.addReply(request, reply, finished.time(), queue.nextTryAt(request));
        logBuffer.addNotices(queue.takeNotices(), reply.status());
    }

    private boolean isNoteDue() {
        return logBuffer.isUrgent() || (hasNotes() && !clock.instant().isBefore(notedAt.plus(NOTE_INTERVAL)));
    }

    private boolean hasNotes() {
        return !logBuffer.isEmpty() || replays.hasProgress();
    }

    /** @return false when another instance has the lease: nothing was stored */
    private boolean note() {
        DeliverySnapshot snapshot = queue.snapshot();
        DeliveryLogEntry entry = logBuffer.toEntry(snapshot, replays.progress());
        if (!services.store().store(lease, endpoint, notedHeld, entry)) {
            LOG.infof("Another instance delivers to endpoint %s now.", endpoint.id());
            return false;
        }
        messages.forgetDone();
        replays.noted();
        logBuffer.clear();
        notedHeld = snapshot.held();
        notedAt = clock.instant();
        return true;
    }

    private void end() {
        try {
            Optional<DisableReason> disabled = logBuffer.disabled();
            Instant limit = clock.instant().plus(STOP_LIMIT);
            while (disabled.isEmpty() && queue.inFlight() > 0 && clock.instant().isBefore(limit)) {
                awaitWork();
            }
            if (note()) {
                disabled.ifPresent(reason -> services.endpoints()
                        .updateStatus(endpoint.id(), EndpointStatus.DISABLED, reason, clock.instant()));
                release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf("The last note of endpoint %s is missing: %s", endpoint.id(), e.toString());
        }
    }

    private void release() {
        try {
            services.leases().release(lease);
        } catch (RuntimeException e) {
            LOG.debugf("The lease of endpoint %s ends by itself: %s", endpoint.id(), e.toString());
        }
    }

    private void pause() {
        try {
            inbox.poll(FAILURE_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
