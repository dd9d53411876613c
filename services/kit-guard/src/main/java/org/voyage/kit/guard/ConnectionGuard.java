package org.voyage.kit.guard;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;

/**
 * Guard of connections: deadlines for heads, a least rate for bodies and for readers of answers, the end of idle
 * connections, and a cap of connections per address and overall. Streams and long downloads go on while the client
 * reads them.
 *
 * <p>The HTTP server has a time-out for silence only, which one byte every few seconds escapes. The guard therefore
 * watches the connections themselves: it adds a handler to the listening channel, which gives each accepted connection
 * its {@link ConnectionWatch}. Above a cap, a new connection takes the place of the one that waits longest for its
 * client. If none waits, {@value #RESERVE} further connections are accepted for health and metrics.
 */
@ApplicationScoped
public class ConnectionGuard {
    /**
     * Open connections. Above it a new one takes the place of the one that waits longest for its client; if none waits, only
     * health and metrics are answered.
     */
    public static final int MAX_CONNECTIONS = 4_000;

    static final int RESERVE = 64;

    private static final Logger LOG = Logger.getLogger(ConnectionGuard.class);
    private static final String ACCEPT_HANDLER = "connection-guard";
    private static final String WATCH_HANDLER = "connection-watch";
    private static final long SWEEP_MILLIS = 1_000;
    /** Connections that end together, so that a flood of new ones does not search for each. */
    private static final int MAX_ENDS = 32;

    static final int RETRY_AFTER_SECONDS = 5;

    private final VertxInternal vertx;
    private final ConnectionDeadlines deadlines;
    private final int perAddress;

    private final Set<ConnectionPlace> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> openByAddress = new ConcurrentHashMap<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger surplus = new AtomicInteger();
    private final HeadByteBudget heads = new HeadByteBudget();
    private final AtomicBoolean releasing = new AtomicBoolean();
    private final Map<ConnectionDeadlines.Overrun, Counter> ended = new EnumMap<>(ConnectionDeadlines.Overrun.class);
    private final Counter refused;
    private final Counter replaced;
    private final Counter memory;
    private final long origin = System.nanoTime();
    private volatile long sweep = -1;

    ConnectionGuard(
            Vertx vertx,
            ConnectionConfig config,
            MeterRegistry metrics,
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
                    boolean behindProxy) {
        this.vertx = (VertxInternal) vertx;
        this.deadlines = ConnectionDeadlines.of(config);
        this.perAddress = behindProxy || config.perAddress() == 0 ? Integer.MAX_VALUE : config.perAddress();
        Gauge.builder("voyage.connections.open", accepted, AtomicInteger::get).register(metrics);
        for (var overrun : ConnectionDeadlines.Overrun.values()) {
            ended.put(overrun, counter(metrics, overrun.name().toLowerCase(Locale.ROOT)));
        }
        this.refused = counter(metrics, "too-many");
        this.replaced = counter(metrics, "replaced");
        this.memory = counter(metrics, "memory");
    }

    private static Counter counter(MeterRegistry metrics, String reason) {
        return Counter.builder("voyage.connections.ended").tag("reason", reason).register(metrics);
    }

    /** Returns nanoseconds since the start, never 0. */
    long now() {
        return System.nanoTime() - origin + 1;
    }

    void guardHttp(@ObservesAsync HttpServerStart started) {
        guardServers();
    }

    void guardHttps(@ObservesAsync HttpsServerStart started) {
        guardServers();
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(sweep);
    }

    private synchronized void guardServers() {
        if (sweep < 0) {
            sweep = vertx.setPeriodic(SWEEP_MILLIS, _ -> endOverruns());
        }
        vertx.getAcceptorEventLoopGroup().forEach(executor -> {
            if (executor instanceof SingleThreadEventLoop acceptor) {
                acceptor.execute(() -> acceptor.registeredChannelsIterator().forEachRemaining(this::guardServer));
            }
        });
    }

    private void guardServer(Channel channel) {
        if (channel instanceof ServerChannel && channel.pipeline().get(ACCEPT_HANDLER) == null) {
            channel.pipeline().addFirst(ACCEPT_HANDLER, new AcceptHandler());
            LOG.debugf("Connections of %s have deadlines", channel.localAddress());
        }
    }

    /** Handler of the listening channel, whose messages are the accepted connections. */
    @ChannelHandler.Sharable
    private final class AcceptHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!(message instanceof Channel connection) || admit(connection)) {
                context.fireChannelRead(message);
            }
        }
    }

    /** Place of a connection among all. */
    private final class ConnectionPlace {
        private final String address;
        private final ConnectionWatch watch;
        private final boolean reserved;
        private final AtomicBoolean left = new AtomicBoolean();

        ConnectionPlace(Channel connection, String address, boolean reserved) {
            this.address = address;
            this.reserved = reserved;
            this.watch = new ConnectionWatch(
                    ConnectionGuard.this::now,
                    connection,
                    reserved ? tooManyConnections() : null,
                    heads,
                    ConnectionGuard.this::endLargestHeads);
        }

        /** Leaves the place at the latest when the connection is closed. */
        void leave() {
            open.remove(this);
            if (left.compareAndSet(false, true)) {
                forget(address, reserved);
            }
        }

        /** Ends the connection, unless its client has sent the rest of its request in between: then it takes its place again. */
        void end(Counter counter, Refusal reason) {
            leave();
            watch.announceEnd(watch.heldBytes());
            watch.endWaiting(reason, counter::increment, this::rejoin);
        }

        private void rejoin() {
            if (left.compareAndSet(true, false)) {
                accepted.incrementAndGet();
                openByAddress.merge(address, 1, Integer::sum);
                if (reserved) {
                    surplus.incrementAndGet();
                }
                open.add(this);
            }
        }
    }

    /** State of a place at one moment, because network threads change it while others sort it. */
    private record PlaceState(ConnectionPlace place, long waitingSince, boolean headUnfinished, long heldBytes) {
        static PlaceState of(ConnectionPlace place) {
            return new PlaceState(
                    place, place.watch.waitingSince(), place.watch.isHeadUnfinished(), place.watch.heldBytes());
        }
    }

    /** Counts a new connection and watches over it; closes it if there are too many. */
    private boolean admit(Channel connection) {
        var address = addressOf(connection);
        boolean aboveAll = accepted.incrementAndGet() > MAX_CONNECTIONS;
        boolean aboveOwn = openByAddress.merge(address, 1, Integer::sum) > perAddress;
        boolean tooMany = (aboveOwn && !endLongestWaiting(address)) || (aboveAll && !endLongestWaiting(null));
        if (tooMany && surplus.incrementAndGet() > RESERVE) {
            forget(address, true);
            refused.increment();
            connection.unsafe().closeForcibly();
            return false;
        }
        var place = new ConnectionPlace(connection, address, tooMany);
        connection.pipeline().addFirst(WATCH_HANDLER, place.watch);
        open.add(place);
        connection.closeFuture().addListener(_ -> place.leave());
        return true;
    }

    /**
     * Ends connections that wait for their clients, those with an unfinished head first.
     *
     * @param address of the clients; null for all
     * @return whether one has ended
     */
    private boolean endLongestWaiting(@Nullable String address) {
        var waiting = open.stream()
                .filter(place -> address == null || place.address.equals(address))
                .map(PlaceState::of)
                .filter(state -> state.waitingSince != 0)
                .sorted(Comparator.comparing((PlaceState state) -> !state.headUnfinished)
                        .thenComparingLong(PlaceState::waitingSince))
                .limit(MAX_ENDS)
                .toList();
        waiting.forEach(state -> state.place.end(replaced, tooManyConnections()));
        return !waiting.isEmpty();
    }

    /** Ends the connections whose unfinished heads hold most memory, until an eighth of the budget is free. */
    private void endLargestHeads() {
        if (!releasing.compareAndSet(false, true)) {
            return;
        }
        try {
            var largest = open.stream()
                    .map(PlaceState::of)
                    .filter(state -> state.heldBytes > 0)
                    .sorted(Comparator.comparingLong(PlaceState::heldBytes).reversed())
                    .iterator();
            while (heads.excessBytes() > 0 && largest.hasNext()) {
                largest.next().place.end(memory, heads.explainExhaustion());
            }
        } finally {
            releasing.set(false);
        }
    }

    private Refusal tooManyConnections() {
        boolean bounded = perAddress != Integer.MAX_VALUE;
        return new Refusal.Unavailable(
                RETRY_AFTER_SECONDS,
                "More than " + MAX_CONNECTIONS + " connections are open"
                        + (bounded ? ", or more than " + perAddress + " of your address" : "") + "; try again.",
                "当前连接数超过 " + MAX_CONNECTIONS + (bounded ? "，或来自您所在地址的连接数超过 " + perAddress : "") + "，请稍后重试。");
    }

    private void forget(String address, boolean reserved) {
        accepted.decrementAndGet();
        openByAddress.computeIfPresent(address, (_, number) -> number == 1 ? null : number - 1);
        if (reserved) {
            surplus.decrementAndGet();
        }
    }

    private static String addressOf(Channel connection) {
        return connection.remoteAddress() instanceof InetSocketAddress remote && remote.getAddress() != null
                ? AnonymousRateLimits.networkOf(remote.getAddress())
                : "unknown";
    }

    private void endOverruns() {
        long now = now();
        for (var place : open) {
            place.watch.findOverrun(now, deadlines).ifPresent(overrun -> {
                place.watch.endConnection(overrun, deadlines, () -> {
                    var counter = ended.get(overrun);
                    if (counter != null) {
                        counter.increment();
                    }
                });
            });
        }
    }
}
