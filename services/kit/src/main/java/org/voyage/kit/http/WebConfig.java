package org.voyage.kit.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the web part of the kit. */
@ConfigMapping(prefix = "voyage.web")
public interface WebConfig {

    /** Largest JSON body of one record, unpacked if it came compressed; batches have no limit of their own. */
    @WithDefault("1M")
    MemorySize jsonLimit();

    RateConfig rate();

    IdempotencyConfig idempotency();

    /** How many requests a caller may send; see {@link RateLimits}. */
    interface RateConfig {
        /** Requests a second that one client may send for ever; 0: as many as it likes. */
        @WithDefault("20000")
        int perSecond();

        /** Requests that one client may send at once after a rest. */
        @WithDefault("200000")
        int burst();

        /** The same for callers without a token that holds, by address; 0: as many as they like. */
        @WithDefault("1000")
        int anonymousPerSecond();

        @WithDefault("20000")
        int anonymousBurst();

        /** Callers that are remembered at most; whoever asked longest ago is forgotten. */
        @WithDefault("10000")
        int callers();
    }

    /** What becomes of {@code Idempotency-Key}. */
    interface IdempotencyConfig {
        /** Off in a service that takes no POST: it has no table for the keys. */
        @WithDefault("true")
        boolean enabled();

        /** How long an answer is given again. */
        @WithDefault("24h")
        Duration keep();

        /** How long after the end of an instance a request that it did not finish may be sent again. */
        @WithDefault("60s")
        Duration lease();

        /** Longest answer that is kept, in bytes. */
        @WithDefault("256K")
        MemorySize answerLimit();
    }
}
