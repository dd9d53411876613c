package org.voyage.kit.guard;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.mutiny.Uni;
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
import java.util.function.Predicate;
import org.voyage.kit.problem.Refusal;

/**
 * Rate limit of callers without a valid token, by address, an IPv6 one by its /64, and of persons with a session at the
 * dashboard. Each has a bucket that holds {@code burst} requests and is filled evenly. Responses report the state of the
 * bucket in {@code RateLimit} and {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers). A refusal comes after
 * a pause, so that asking again at once gains nothing. Each instance counts separately. The kit limits clients with a token, and excepts them here.
 *
 * <p>Health and metrics are not counted, so that monitoring works during an overload.
 */
@ApplicationScoped
public class AnonymousRateLimits {
    /** Callers that are remembered; the least recent one is forgotten. */
    public static final int MAX_CALLERS = 10_000;

    private static final Duration REFUSAL_PAUSE = Duration.ofSeconds(1);

    private final CallerLimit strangers;
    private final CallerLimit persons;
    private volatile Predicate<RoutingContext> countedLater = _ -> false;

    AnonymousRateLimits(RateConfig rate) {
        this.strangers = new CallerLimit("address", "one address without a valid token", "同一地址未携带有效令牌", rate);
        this.persons = new CallerLimit("person", "one person", "同一用户", rate);
    }

    /** Excepts requests that a later handler counts, each of them. */
    public void exceptCounted(Predicate<RoutingContext> further) {
        countedLater = countedLater.or(further);
    }

    void register(@Observes Filters filters) {
        filters.register(this::limitStrangers, RequestId.FILTER_PRIORITY - 2);
    }

    private void limitStrangers(RoutingContext context) {
        var path = context.normalizedPath();
        if (countedLater.test(context) || MonitoringPaths.isMonitoring(path)) {
            context.next();
            return;
        }
        takeForAnonymous(context)
                .ifPresentOrElse(
                        refusal -> context.vertx()
                                .setTimer(REFUSAL_PAUSE.toMillis(), _ -> ProblemWriter.sendProblem(context, refusal)),
                        context::next);
    }

    /**
     * Counts a request of a person, or of an anonymous caller; fails with the refusal, after a pause, if there are too many.
     *
     * @param person opaque name of the person; empty without a session
     */
    public Uni<Void> countCaller(RoutingContext context, Optional<String> person) {
        return refuseAfterPause(
                person.map(name -> persons.takePermit(name, context)).orElseGet(() -> takeForAnonymous(context)));
    }

    /** Counts a request of an anonymous caller. */
    public Optional<Refusal> takeForAnonymous(RoutingContext context) {
        return strangers.takePermit(networkOf(context), context);
    }

    /** Counts an anonymous request; fails with the refusal, after a pause, if there are too many. */
    public Uni<Void> countAnonymous(RoutingContext context) {
        return refuseAfterPause(takeForAnonymous(context));
    }

    private static Uni<Void> refuseAfterPause(Optional<Refusal> refusal) {
        return refusal.map(tooMany -> Uni.createFrom()
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
    public Uni<Refusal> refuseToken(RoutingContext context, Refusal refusal) {
        return takeForAnonymous(context)
                .map(tooMany ->
                        Uni.createFrom().item(tooMany).onItem().delayIt().by(REFUSAL_PAUSE))
                .orElseGet(() -> Uni.createFrom().item(refusal));
    }

    /** Returns the address of a caller, of IPv6 its /64. */
    public static String networkOf(RoutingContext context) {
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
        private final String detail;
        private final String detailZh;
        private final boolean on;
        private final LoadingCache<String, Bucket> buckets;

        /**
         * @param name in headers
         * @param kind of caller in a refusal
         */
        CallerLimit(String name, String kind, String kindZh, RateConfig rate) {
            int perSecond = rate.anonymousPerSecond();
            int burst = rate.anonymousBurst();
            this.name = name;
            this.detail = "The limit of %s is %d requests at once and %d a second; go on in %%d s."
                    .formatted(kind, burst, perSecond);
            this.detailZh = "%s的请求上限为每秒 %d 次（可突发 %d 次），请在 %%d 秒后继续。".formatted(kindZh, perSecond, burst);
            this.on = perSecond > 0;
            int seconds = on ? Math.max(1, Math.ceilDiv(burst, perSecond)) : 1;
            this.policy = "\"" + name + "\";q=" + burst + ";w=" + seconds;
            this.buckets = Caffeine.newBuilder()
                    // Maintenance in the calling thread is cheaper than waking up another one.
                    .executor(Runnable::run)
                    .maximumSize(MAX_CALLERS)
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
            if (probe.isConsumed()) {
                return Optional.empty();
            }
            long seconds = Math.max(1, toSeconds(probe.getNanosToWaitForRefill()));
            return Optional.of(
                    new Refusal.TooManyRequests(seconds, detail.formatted(seconds), detailZh.formatted(seconds)));
        }

        private static long toSeconds(long nanos) {
            return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
        }
    }
}
