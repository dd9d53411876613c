package org.voyage.kit.guard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Rate limits of callers without a valid token, and of persons at the dashboard; see {@link AnonymousRateLimits}. */
@ConfigMapping(prefix = "voyage.web.rate")
public interface RateConfig {
    /**
     * Returns the sustained number of requests a second of one address without a valid token, or of one person at the
     * dashboard; 0: no limit.
     */
    @WithDefault("200")
    int anonymousPerSecond();

    /** Returns the number of requests that such an address or person may send at once. */
    @WithDefault("5000")
    int anonymousBurst();
}
