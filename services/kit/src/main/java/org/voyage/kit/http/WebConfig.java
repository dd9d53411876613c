package org.voyage.kit.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** Settings of the HTTP part of the kit. */
@ConfigMapping(prefix = "voyage.web")
public interface WebConfig {

    /**
     * Returns the maximum size of the JSON body of one record, unpacked if it came compressed; the limit does not apply
     * to batches.
     */
    @WithDefault("1M")
    MemorySize jsonLimit();

    RateConfig rate();

    IdempotencyConfig idempotency();

    CursorConfig cursor();

    /** Rate limits of callers; see {@link RateLimits}. */
    interface RateConfig {
        /** Returns the sustained number of requests a second of one client; 0: no limit. */
        @WithDefault("20000")
        int perSecond();

        /** Returns the number of requests that one client may send at once after a pause. */
        @WithDefault("200000")
        int burst();

        /** Returns the sustained number of requests a second of one address without a valid token; 0: no limit. */
        @WithDefault("1000")
        int anonymousPerSecond();

        @WithDefault("20000")
        int anonymousBurst();

        /** Returns the maximum number of remembered callers; the least recent one is forgotten. */
        @WithDefault("10000")
        int callers();
    }

    /** Keys of cursors, the same in all instances of a service; see {@link CursorCodec}. */
    interface CursorConfig {
        /**
         * Returns the keys that authenticate cursors, by number. Each has 32 random bytes in Base64 ({@code openssl rand
         * -base64 32}).
         */
        Map<Integer, String> keys();

        /** Returns the number of the key that authenticates from now on. */
        @WithDefault("1")
        int primary();
    }

    /** Settings of {@code Idempotency-Key}. */
    interface IdempotencyConfig {
        /** Returns false in a service that takes no POST and has no table for the keys. */
        @WithDefault("true")
        boolean enabled();

        /** Returns how long a response can be repeated. */
        @WithDefault("24h")
        Duration keep();

        /** Returns how long after the end of an instance an unfinished request may be sent again. */
        @WithDefault("60s")
        Duration lease();

        /** Returns the maximum size of a stored response, in bytes. */
        @WithDefault("256K")
        MemorySize answerLimit();
    }
}
