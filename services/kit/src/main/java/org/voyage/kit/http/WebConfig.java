package org.voyage.kit.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Settings of the HTTP part of the kit. */
@ConfigMapping(prefix = "voyage.web")
public interface WebConfig {

    CostConfig cost();

    /**
     * Returns the address at which clients reach the service, such as {@code https://overseas.voyage.example}; the
     * header {@code Location} begins with it. Without it {@code Location} is a path.
     */
    Optional<URI> publicAddress();

    /** Returns the address of the dashboard, to which the root of the service leads browsers. */
    Optional<URI> dashboard();

    IdempotencyConfig idempotency();

    CursorConfig cursor();

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
        /**
         * Returns the number of small requests of one client. While other clients have requests, as many reads of it work as
         * there are processors, and further ones wait.
         */
        @WithDefault("48")
        int small();

        /**
         * Returns the number of bytes that one client reads in a second, in answers to small requests; 0: no limit. A client
         * that has read more waits; above 16 waiting requests the answer is 429.
         */
        @WithDefault("8M")
        MemorySize smallBytes();

        /** Returns the number of uploads of one client. */
        @WithDefault("8")
        int uploads();

        /** Returns the number of streams of one client. */
        @WithDefault("20")
        int streams();

        /**
         * Returns the number of streams of all clients. A quarter of them is for the second and further streams of clients;
         * bureaus, operators and alliances have an eighth each for themselves.
         */
        @WithDefault("1000")
        int streamsOverall();

        /** Returns how long a request waits for a place before it is refused. */
        @WithDefault("10s")
        Duration patience();
    }

    /** Settings of {@code Idempotency-Key}. */
    interface IdempotencyConfig {
        /** False in a service that takes no POST and has no table for the keys. */
        @WithDefault("true")
        boolean enabled();

        /** Returns how long after the end of an instance an unfinished request may be sent again. */
        @WithDefault("60s")
        Duration lease();
    }
}
