package org.voyage.kit.http;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.quarkus.vertx.http.runtime.filters.Filters;
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
 * Rate limits of callers: a client with a token by its id, every other caller by address, an IPv6 one by its /64. Each
 * has a bucket that holds {@code burst} requests and is filled evenly. Responses report the state of the bucket in
 * {@code RateLimit} and {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers). Each instance counts
 * separately.
 *
 * <p>Health and metrics are not counted, so that monitoring works during an overload.
 */
@ApplicationScoped
public class RateLimits {
    private final CallerLimit clients;
    private final CallerLimit strangers;

    RateLimits(WebConfig config) {
        var rate = config.rate();
        this.clients = new CallerLimit("client", rate.perSecond(), rate.burst(), rate.callers());
        this.strangers = new CallerLimit("address", rate.anonymousPerSecond(), rate.anonymousBurst(), rate.callers());
    }

    void register(@Observes Filters filters) {
        filters.register(this::limitWithoutToken, RequestId.FILTER_PRIORITY - 2);
    }

    private void limitWithoutToken(RoutingContext context) {
        var path = context.normalizedPath();
        if (context.request().headers().contains(HttpHeaders.AUTHORIZATION)
                || path.startsWith("/q/health")
                || path.startsWith("/q/metrics")) {
            context.next();
            return;
        }
        var refusal = takeForAnonymous(context);
        if (refusal.isPresent()) {
            ProblemWriter.sendProblem(context, refusal.get());
        } else {
            context.next();
        }
    }

    /** Counts a request of a client with a valid token. */
    Optional<Refusal> takeForClient(String clientId, RoutingContext context) {
        return clients.takePermit(clientId, context);
    }

    /** Counts a request of an anonymous caller. */
    Optional<Refusal> takeForAnonymous(RoutingContext context) {
        return strangers.takePermit(networkOf(context), context);
    }

    private static String networkOf(RoutingContext context) {
        var remote = context.request().remoteAddress();
        if (remote == null || remote.hostAddress() == null) {
            return "unknown";
        }
        // The address is a literal, so nothing is looked up.
        var address = InetAddress.ofLiteral(remote.hostAddress());
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
