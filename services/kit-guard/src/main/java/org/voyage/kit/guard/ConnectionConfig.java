package org.voyage.kit.guard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Deadlines and limits of connections; see {@link ConnectionGuard}. */
@ConfigMapping(prefix = "voyage.web.connections")
public interface ConnectionConfig {
    /**
     * Returns the maximum number of open connections of one address; 0: no limit, for a service behind a proxy.
     * With {@code quarkus.http.proxy.proxy-address-forwarding} there is none either.
     */
    @WithDefault("1000")
    int perAddress();

    /** Returns how long a connection may be open between two requests. */
    @WithDefault("2m")
    Duration idleTimeout();
}
