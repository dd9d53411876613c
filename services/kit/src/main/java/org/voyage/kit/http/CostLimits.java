package org.voyage.kit.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.http.PlaceClaim.ClaimState;
import org.voyage.kit.problem.Refusal;

/**
 * Limits of the requests that are under way at once, by cost, client and province. A client is the subject of a valid
 * token; every other caller is known by its address, an IPv6 one by its /64. A request that finds no place waits
 * without a thread, in a line of its client, and is refused after {@code voyage.web.cost.patience}: with 429 if the
 * share of its client or province is used, with 503 if all clients together use all places. A client whose line is
 * full is refused after a pause, so that asking again at once gains nothing.
 *
 * <p>A place is free again when the answer has been written or the client has left. Responses report the share of the
 * client in {@code RateLimit} and {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers) in the unit {@code
 * concurrent-requests}. Each instance counts separately.
 */
@ApplicationScoped
public class CostLimits {
    /** Clients whose shares all clients of one province have together. */
    static final int CLIENTS_PER_PROVINCE = 2;
    /** Uploads of all clients. */
    private static final int MAX_UPLOADS = 96;

    private static final AttributeKey<Set<Runnable>> CLAIMS_KEY = AttributeKey.valueOf("voyage.place-claims");
    private static final String CALLER_ATTRIBUTE = "voyage.cost-caller";
    private static final String RAISED_ATTRIBUTE = "voyage.cost-raised";
    private static final String PLACE_ATTRIBUTE = "voyage.cost-place";
    private static final Duration REFUSAL_PAUSE = Duration.ofSeconds(1);
    /** A quarter of all streams is for the second and further ones of clients. */
    private static final int FURTHER_STREAM_SHARE = 4;
    /** An eighth of all streams is for each kind of caller alone. */
    private static final int KIND_SHARE = 8;

    /** Seconds after which a place may be free, by cost. */
    private static final Map<RequestCost, Integer> RETRY_AFTER_SECONDS =
            Map.of(RequestCost.SMALL, 1, RequestCost.LARGE, 2, RequestCost.UPLOAD, 10, RequestCost.STREAM, 30);

    private final Vertx vertx;
    private final CurrentVertxRequest current;
    private final Duration patience;
    private final Map<RequestCost, FairRequestSlots> places = new EnumMap<>(RequestCost.class);
    private final Map<RequestCost, String> policies = new EnumMap<>(RequestCost.class);

    CostLimits(Vertx vertx, CurrentVertxRequest current, WebConfig config, MeterRegistry metrics) {
        this.vertx = vertx;
        this.current = current;
        var cost = config.cost();
        this.patience = cost.patience();
        int processors = Runtime.getRuntime().availableProcessors();
        int large = Math.max(1, processors / 2);
        addPlaces(
                RequestCost.SMALL,
                limitsOf(cost.small(), Integer.MAX_VALUE, 1_000)
                        .withReadsOfBusyClient(Math.min(cost.small(), processors)),
                metrics);
        addPlaces(RequestCost.LARGE, limitsOf(large, Math.max(4, 2 * processors), 16), metrics);
        addPlaces(RequestCost.UPLOAD, limitsOf(cost.uploads(), MAX_UPLOADS, 16), metrics);
        // A stream ends when its client wants it: there is nothing to wait for.
        addPlaces(
                RequestCost.STREAM,
                limitsOf(cost.streams(), cost.streamsOverall(), 0)
                        .withReserves(cost.streamsOverall() / FURTHER_STREAM_SHARE, cost.streamsOverall() / KIND_SHARE),
                metrics);
    }

    private static PlaceLimits limitsOf(int perClient, int overall, int queue) {
        return new PlaceLimits(perClient, Math.multiplyExact(perClient, CLIENTS_PER_PROVINCE), overall, queue);
    }

    private void addPlaces(RequestCost cost, PlaceLimits limits, MeterRegistry metrics) {
        var added = new FairRequestSlots(limits, System::nanoTime);
        places.put(cost, added);
        policies.put(cost, "\"" + cost.code() + "\";q=" + limits.perClient() + ";qu=\"concurrent-requests\"");
        Gauge.builder("voyage.requests.running", added, FairRequestSlots::countRunning)
                .tag("cost", cost.code())
                .register(metrics);
        Gauge.builder("voyage.requests.waiting", added, FairRequestSlots::countWaiting)
                .tag("cost", cost.code())
                .register(metrics);
    }

    /**
     * Requests a place for the rest of the request. Never waits.
     *
     * @return null if the request has its place; otherwise the later decision: empty, or the refusal. It may come on
     *     any thread.
     */
    @Nullable
    CompletableFuture<Optional<Refusal>> requestPlace(RoutingContext context, CostCaller caller, RequestCost cost) {
        context.put(CALLER_ATTRIBUTE, caller);
        var kind = placesOf(cost);
        boolean read = cost == RequestCost.SMALL && context.request().method() == HttpMethod.GET;
        var claim = new PlaceClaim(caller, read);
        var state = kind.requestPlace(claim);
        if (state != ClaimState.REFUSED) {
            context.put(PLACE_ATTRIBUTE, new RequestPlace(kind, claim));
            releaseAtEnd(context, () -> kind.release(claim));
        }
        addHeaders(context, cost, kind.countFree(caller.client()));
        return switch (state) {
            case WAITING -> awaitPlace(cost, kind, claim);
            case REFUSED -> refuseLater(cost, kind, claim);
            default -> null;
        };
    }

    /**
     * Counts the current request at a higher cost from here on, and waits for its place. For requests whose cost is
     * known only when they are understood; the thread must be one that may block.
     *
     * @throws Refusal.TooManyRequests if the share of the client is used
     * @throws Refusal.Unavailable if all places are used
     */
    public void raiseCost(RequestCost cost) {
        @Nullable RoutingContext context = current.getCurrent();
        @Nullable CostCaller caller = context == null ? null : context.get(CALLER_ATTRIBUTE);
        if (context == null || caller == null) {
            return;
        }
        context.put(RAISED_ATTRIBUTE, cost);
        @Nullable RequestPlace before = context.get(PLACE_ATTRIBUTE);
        if (before != null) {
            before.places().release(before.claim());
        }
        @Nullable CompletableFuture<Optional<Refusal>> decision = requestPlace(context, caller, cost);
        if (decision != null) {
            decision.join().ifPresent(refusal -> {
                throw refusal;
            });
        }
    }

    /**
     * Pauses the work of the current request, which waits for something, until the result is closed. Other reads of its
     * client may work meanwhile.
     */
    public WorkPause pauseWork() {
        @Nullable RoutingContext context = current.getCurrent();
        @Nullable RequestPlace place = context == null ? null : context.get(PLACE_ATTRIBUTE);
        return place != null && place.places().pauseWork(place.claim())
                ? () -> place.places().resumeWork(place.claim())
                : () -> {};
    }

    /** Pause of the work of a request. */
    @FunctionalInterface
    public interface WorkPause extends AutoCloseable {
        @Override
        void close();
    }

    /** Place of a request. */
    private record RequestPlace(FairRequestSlots places, PlaceClaim claim) {}

    /** Returns whether the request has become one of a higher cost. */
    static boolean isRaised(RoutingContext context) {
        return context.get(RAISED_ATTRIBUTE) != null;
    }

    private CompletableFuture<Optional<Refusal>> awaitPlace(RequestCost cost, FairRequestSlots kind, PlaceClaim claim) {
        long timer = vertx.setTimer(patience.toMillis(), _ -> kind.refuseWaiting(claim));
        return claim.decision().thenApply(granted -> {
            vertx.cancelTimer(timer);
            return granted ? Optional.empty() : Optional.of(refusalOf(cost, kind, claim));
        });
    }

    private CompletableFuture<Optional<Refusal>> refuseLater(
            RequestCost cost, FairRequestSlots kind, PlaceClaim claim) {
        var decision = new CompletableFuture<Optional<Refusal>>();
        vertx.setTimer(REFUSAL_PAUSE.toMillis(), _ -> decision.complete(Optional.of(refusalOf(cost, kind, claim))));
        return decision;
    }

    private static Refusal refusalOf(RequestCost cost, FairRequestSlots kind, PlaceClaim claim) {
        return kind.findShortage(claim).toRefusal(cost, RETRY_AFTER_SECONDS.getOrDefault(cost, 1));
    }

    private void addHeaders(RoutingContext context, RequestCost cost, int free) {
        var response = context.response();
        if (!response.headWritten()) {
            response.putHeader("RateLimit-Policy", policies.get(cost))
                    .putHeader("RateLimit", "\"" + cost.code() + "\";r=" + Math.max(0, free));
        }
    }

    private FairRequestSlots placesOf(RequestCost cost) {
        @Nullable FairRequestSlots kind = places.get(cost);
        if (kind == null) {
            throw new IllegalStateException("no places for " + cost);
        }
        return kind;
    }

    /**
     * Runs the release when the answer is complete, and in any case when the connection is closed: a handler for the
     * close of a response can be replaced by that of a stream. The release may run twice.
     */
    private static void releaseAtEnd(RoutingContext context, Runnable release) {
        var channel = ((ConnectionBase) context.request().connection()).channel();
        var open = claimsOf(channel);
        open.add(release);
        context.addEndHandler(_ -> {
            open.remove(release);
            release.run();
        });
        if (!channel.isOpen()) {
            release.run();
        }
    }

    private static Set<Runnable> claimsOf(Channel channel) {
        var attribute = channel.attr(CLAIMS_KEY);
        @Nullable Set<Runnable> claims = attribute.get();
        if (claims == null) {
            Set<Runnable> created = ConcurrentHashMap.newKeySet();
            claims = attribute.setIfAbsent(created);
            if (claims == null) {
                claims = created;
                channel.closeFuture().addListener(_ -> created.forEach(Runnable::run));
            }
        }
        return claims;
    }
}
