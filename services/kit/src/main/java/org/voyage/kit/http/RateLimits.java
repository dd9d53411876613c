package org.voyage.kit.http;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.voyage.kit.problem.Refusal;

/**
 * Rate limit of callers without a valid token, by address, an IPv6 one by its /64. Each has a bucket that holds {@code
 * burst} requests and is filled evenly. Responses report the state of the bucket in {@code RateLimit} and {@code
 * RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers). A refusal comes after a pause, so that asking again at once
 * gains nothing. Each instance counts separately. {@link CostLimits} limits clients with a token.
 *
 * <p>Health and metrics are not counted, so that monitoring works during an overload.
 */
@ApplicationScoped
public class RateLimits {
    private static final Duration REFUSAL_PAUSE = Duration.ofSeconds(1);

    private final CallerLimit strangers;

    RateLimits(WebConfig config) {
        var rate = config.rate();
        this.strangers = new CallerLimit("address", rate.anonymousPerSecond(), rate.anonymousBurst(), rate.callers());
    }

    void register(@Observes Filters filters) {
        filters.register(this::limitWithoutToken, RequestId.FILTER_PRIORITY - 2);
    }

    private void limitWithoutToken(RoutingContext context) {
        var path = context.normalizedPath();
        if (context.request().headers().contains(HttpHeaders.AUTHORIZATION)
                || MonitoringEndpoints.isMonitoringPath(path)) {
            context.next();
            return;
        }
        takeForAnonymous(context)
                .ifPresentOrElse(
                        refusal -> context.vertx()
                                .setTimer(REFUSAL_PAUSE.toMillis(), _ -> ProblemWriter.sendProblem(context, refusal)),
                        context::next);
    }

    /** Counts a request of an anonymous caller. */
    Optional<Refusal> takeForAnonymous(RoutingContext context) {
        return strangers.takePermit(networkOf(context), context);
    }

    /** Counts an anonymous request; fails with the refusal, after a pause, if there are too many. */
    Uni<Void> countAnonymous(RoutingContext context) {
        return takeForAnonymous(context)
                .map(tooMany -> Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(REFUSAL_PAUSE)
                        .invoke(() -> {
                            throw tooMany;
                        }))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Returns the answer to a request whose token is invalid: counted as an anonymous request. */
    Uni<Refusal> refuseToken(RoutingContext context, Refusal refusal) {
        return takeForAnonymous(context)
                .map(tooMany ->
                        Uni.createFrom().item(tooMany).onItem().delayIt().by(REFUSAL_PAUSE))
                .orElseGet(() -> Uni.createFrom().item(refusal));
    }

    /** Returns the address of a caller, of IPv6 its /64. */
    static String networkOf(RoutingContext context) {
        var remote = context.request().remoteAddress();
        if (remote == null || remote.hostAddress() == null) {
            return "unknown";
        }
        // The address is a literal, so nothing is looked up.
        return networkOf(InetAddress.ofLiteral(remote.hostAddress()));
    }

    static String networkOf(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8))
                : address.getHostAddress();
    }

    /** Buckets of one kind of caller, with one limit. */
    private static final class CallerLimit {
        private final String name;
        private final String policy;
        private final boolean on;
        private final LoadingCache<String, Bucket> buckets;

        CallerLimit(String name, int perSecond, int burst, int callers) {
            this.name = name;
            this.on = perSecond > 0;
            int seconds = on ? Math.max(1, Math.ceilDiv(burst, perSecond)) : 1;
            this.policy = "\"" + name + "\";q=" + burst + ";w=" + seconds;
            this.buckets = Caffeine.newBuilder()
                    // Maintenance in the calling thread is cheaper than waking up another one.
                    .executor(Runnable::run)
                    .maximumSize(callers)
                    // By then a bucket is full again, and a new one is no different.
                    .expireAfterAccess(Duration.ofSeconds(seconds + 1L))
                    .build(_ -> Bucket.builder()
                            .addLimit(Bandwidth.builder()
                                    .capacity(burst)
                                    .refillGreedy(perSecond, Duration.ofSeconds(1))
                                    .build())
                            .build());
        }

        Optional<Refusal> takePermit(String caller, RoutingContext context) {
            if (!on) {
                return Optional.empty();
            }
            var probe = buckets.get(caller).tryConsumeAndReturnRemaining(1);
            context.response()
                    .putHeader("RateLimit-Policy", policy)
                    .putHeader(
                            "RateLimit",
                            "\"" + name + "\";r=" + probe.getRemainingTokens() + ";t="
                                    + toSeconds(probe.getNanosToWaitForReset()));
            return probe.isConsumed()
                    ? Optional.empty()
                    : Optional.of(new Refusal.TooManyRequests(Math.max(1, toSeconds(probe.getNanosToWaitForRefill()))));
        }

        private static long toSeconds(long nanos) {
            return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
        }
    }
}
