package org.voyage.kit.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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

    CostConfig cost();

    ConnectionConfig connections();

    /**
     * Returns the address at which clients reach the service, such as {@code https://overseas.voyage.example}; the
     * header {@code Location} begins with it. Without it {@code Location} is a path.
     */
    Optional<URI> publicAddress();

    /** Returns the address of the dashboard, to which the root of the service leads browsers. */
    Optional<URI> dashboard();

    IdempotencyConfig idempotency();

    CursorConfig cursor();

    /** Rate limits of callers without a valid token; see {@link RateLimits}. */
    interface RateConfig {
        /** Returns the sustained number of requests a second of one address without a valid token; 0: no limit. */
        @WithDefault("200")
        int anonymousPerSecond();

        /** Returns the number of requests that an address without a valid token may send at once. */
        @WithDefault("5000")
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

    /**
     * Limits of the requests that run at once, by their cost. Small requests are about one record, a short page or a value.
     * Large ones are long pages, exports, previews and explanations.
     */
    interface CostConfig {
        /** Returns the number of small requests of one client. */
        @WithDefault("48")
        int small();

        /**
         * Returns the number of bytes that one client reads in a second, in answers to small requests; 0: no limit. A client
         * that has read more waits; above 16 waiting requests the answer is 429.
         */
        @WithDefault("8M")
        MemorySize smallBytes();

        /** Returns the number of large requests of one client; half of the processors by default. */
        OptionalInt large();

        /** Returns the number of uploads of one client. */
        @WithDefault("8")
        int uploads();

        /** Returns the number of streams of one client. */
        @WithDefault("20")
        int streams();

        /** Returns the number of clients whose shares all clients of one province have together. */
        @WithDefault("2")
        int clientsPerProvince();

        /** Returns the number of large requests of all clients; twice the processors and at least 4 by default. */
        OptionalInt largeOverall();

        /** Returns the number of uploads of all clients. */
        @WithDefault("96")
        int uploadsOverall();

        /** Returns the number of streams of all clients. */
        @WithDefault("400")
        int streamsOverall();

        /** Returns how long a request waits for a place before it is refused. */
        @WithDefault("10s")
        Duration patience();
    }

    /** Deadlines and limits of connections; see {@link ConnectionGuard}. */
    interface ConnectionConfig {
        /** Returns the maximum number of open connections; above it only health and metrics are answered. */
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

    /** Settings of {@code Idempotency-Key}. */
    interface IdempotencyConfig {
        /** False in a service that takes no POST and has no table for the keys. */
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
