package org.voyage.kit.http;

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
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Guard of connections: deadlines for heads, a least rate for bodies and for readers of answers, the end of idle
 * connections, and a cap of connections per address and overall. Streams and long downloads go on while the client
 * reads them.
 *
 * <p>The HTTP server has a time-out for silence only, which one byte every few seconds escapes. The guard therefore
 * watches the connections themselves: it adds a handler to the listening channel, which gives each accepted connection
 * its {@link ConnectionWatch}. Above a cap, {@value #RESERVE} further connections are accepted for health and metrics.
 */
@ApplicationScoped
class ConnectionGuard {
    static final int RESERVE = 64;

    private static final Logger LOG = Logger.getLogger(ConnectionGuard.class);
    private static final String ACCEPT_HANDLER = "connection-guard";
    private static final String WATCH_HANDLER = "connection-watch";
    private static final long SWEEP_MILLIS = 1_000;

    private final VertxInternal vertx;
    private final ConnectionDeadlines deadlines;
    private final int overall;
    private final int perAddress;

    private final Set<ConnectionWatch> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> openByAddress = new ConcurrentHashMap<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger surplus = new AtomicInteger();
    private final Map<ConnectionDeadlines.Overrun, Counter> ended = new EnumMap<>(ConnectionDeadlines.Overrun.class);
    private final Counter refused;
    private final long origin = System.nanoTime();
    private volatile long sweep = -1;

    ConnectionGuard(
            Vertx vertx,
            WebConfig config,
            MeterRegistry metrics,
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
                    boolean behindProxy) {
        this.vertx = (VertxInternal) vertx;
        var connections = config.connections();
        this.deadlines = ConnectionDeadlines.of(connections);
        this.overall = connections.overall();
        this.perAddress = behindProxy || connections.perAddress() == 0 ? Integer.MAX_VALUE : connections.perAddress();
        Gauge.builder("voyage.connections.open", accepted, AtomicInteger::get).register(metrics);
        for (var overrun : ConnectionDeadlines.Overrun.values()) {
            ended.put(overrun, counter(metrics, overrun.name().toLowerCase(Locale.ROOT)));
        }
        this.refused = counter(metrics, "too-many");
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

    /** Counts a new connection and watches over it; closes it if there are too many. */
    private boolean admit(Channel connection) {
        var address = addressOf(connection);
        boolean tooMany = accepted.incrementAndGet() > overall;
        tooMany |= openByAddress.merge(address, 1, Integer::sum) > perAddress;
        if (tooMany && surplus.incrementAndGet() > RESERVE) {
            forget(address, true);
            refused.increment();
            connection.unsafe().closeForcibly();
            return false;
        }
        boolean reserved = tooMany;
        var watch = new ConnectionWatch(this::now, connection, reserved);
        connection.pipeline().addFirst(WATCH_HANDLER, watch);
        open.add(watch);
        connection.closeFuture().addListener(_ -> {
            open.remove(watch);
            forget(address, reserved);
        });
        return true;
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
                ? RateLimits.networkOf(remote.getAddress())
                : "unknown";
    }

    private void endOverruns() {
        long now = now();
        for (var connection : open) {
            connection.findOverrun(now, deadlines).ifPresent(overrun -> {
                connection.endConnection(overrun, () -> {
                    var counter = ended.get(overrun);
                    if (counter != null) {
                        counter.increment();
                    }
                });
            });
        }
    }
}
