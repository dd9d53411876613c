package org.voyage.kit.http;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.guard.AnonymousRateLimits;
import org.voyage.kit.problem.Refusal;

/**
 * Limits of the bytes that a client with a token, and all clients of a province, read in small answers in a second. A
 * client that has read more waits, without a thread, until its allowance is even. So a download over few connections
 * becomes slower and is never refused. A request that finds a full line is refused with 429, after a pause. {@link
 * CostLimits} alone limits large requests. Each instance counts separately.
 */
@ApplicationScoped
public class ReadBandwidthLimits {
    private static final int MAX_WAITING = 16;
    private static final long REFUSAL_PAUSE_MILLIS = 1_000;
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    /** By then an allowance is full again, and a new one is no different. */
    private static final Duration FORGET_AFTER = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final boolean on;
    private final long maxWaitNanos;
    private final LoadingCache<String, ByteAllowance> clients;
    private final LoadingCache<String, ByteAllowance> provinces;

    ReadBandwidthLimits(Vertx vertx, WebConfig config) {
        this.vertx = vertx;
        double bytesPerSecond = config.cost().smallBytes().asLongValue();
        this.on = bytesPerSecond > 0;
        this.maxWaitNanos = config.cost().patience().toNanos();
        this.clients = newCache(AnonymousRateLimits.MAX_CALLERS, bytesPerSecond);
        this.provinces = newCache(AnonymousRateLimits.MAX_CALLERS, bytesPerSecond * CostLimits.CLIENTS_PER_PROVINCE);
    }

    private static LoadingCache<String, ByteAllowance> newCache(int size, double bytesPerSecond) {
        return Caffeine.newBuilder()
                // Maintenance in the calling thread is cheaper than waking up another one.
                .executor(Runnable::run)
                .maximumSize(size)
                .expireAfterAccess(FORGET_AFTER)
                .build(_ -> new ByteAllowance(bytesPerSecond));
    }

    /**
     * Requests the turn of a small request to read its answer. Never waits.
     *
     * @return null if it may begin; otherwise the later decision: empty, or the refusal
     */
    @Nullable
    CompletableFuture<Optional<Refusal>> requestTurn(RoutingContext context, CostCaller caller) {
        if (!on || caller.isAnonymous()) {
            return null;
        }
        var own = clients.get(caller.client());
        if (!own.enterLine(MAX_WAITING)) {
            return refuseLater(1);
        }
        long wait = takeTurn(context, own);
        if (caller.province() != null) {
            wait = Math.max(wait, takeTurn(context, provinces.get(caller.province())));
        }
        if (wait == 0) {
            own.leaveLine();
            return null;
        }
        if (wait > maxWaitNanos) {
            own.leaveLine();
            return refuseLater(Math.ceilDiv(wait, NANOS_PER_SECOND));
        }
        var decision = new CompletableFuture<Optional<Refusal>>();
        vertx.setTimer(Math.ceilDiv(wait, NANOS_PER_MILLI), _ -> {
            own.leaveLine();
            decision.complete(Optional.empty());
        });
        return decision;
    }

    private static long takeTurn(RoutingContext context, ByteAllowance allowance) {
        var turn = allowance.takeTurn();
        context.addEndHandler(_ -> allowance.settleTurn(
                turn, CostLimits.isRaised(context) ? 0 : context.response().bytesWritten()));
        return turn.waitNanos();
    }

    private CompletableFuture<Optional<Refusal>> refuseLater(long retryAfterSeconds) {
        var decision = new CompletableFuture<Optional<Refusal>>();
        vertx.setTimer(
                REFUSAL_PAUSE_MILLIS,
                _ -> decision.complete(Optional.of(new Refusal.TooManyRequests(retryAfterSeconds))));
        return decision;
    }
}
