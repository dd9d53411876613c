package org.voyage.dashboard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Settings of the dashboard's server. */
@ConfigMapping(prefix = "voyage.dashboard")
interface DashboardConfig {
    /** Returns the address of each service by its prefix under {@code /api}. */
    Map<String, URI> services();

    /** Returns the key of the cookies, at least 32 characters, the same in all instances. A new key ends all sessions. */
    String sessionKey();

    /** Returns how long a session counts as alive before the issuer is asked again; all instances notice its end by then. */
    @WithDefault("15s")
    Duration sessionCheck();

    /**
     * Returns how long a service may be silent during an answer before the dashboard asks whether it lives; without an
     * answer to that the request ends with 504.
     */
    @WithDefault("15s")
    Duration answerTimeout();
}
