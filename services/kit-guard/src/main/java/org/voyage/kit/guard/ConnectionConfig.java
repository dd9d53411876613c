package org.voyage.kit.guard;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Deadlines and limits of connections; see {@link ConnectionGuard}. */
@ConfigMapping(prefix = "voyage.web.connections")
public interface ConnectionConfig {
    /**
     * Returns the maximum number of open connections. Above it a new one takes the place of the one that waits longest for
     * its client; if none waits, only health and metrics are answered.
     */
    @WithDefault("4000")
    int overall();

    /**
     * Returns the maximum number of open connections of one address; 0: no limit, for a service behind a proxy.
     * With {@code quarkus.http.proxy.proxy-address-forwarding} there is none either.
     */
    @WithDefault("1000")
    int perAddress();

    /** Returns how long the head of a request may take, TLS included. */
    @WithDefault("10s")
    Duration headTimeout();

    /** Returns how long a connection may be open between two requests. */
    @WithDefault("2m")
    Duration idleTimeout();

    /** Returns the least number of bytes of a body in a second, measured over {@link #rateWindow()}. */
    @WithDefault("1K")
    MemorySize leastRate();

    /** Returns the time over which the rate of a body is measured. */
    @WithDefault("10s")
    Duration rateWindow();

    /** Returns how long a client may read nothing of an answer that is ready for it. */
    @WithDefault("60s")
    Duration readTimeout();
}
