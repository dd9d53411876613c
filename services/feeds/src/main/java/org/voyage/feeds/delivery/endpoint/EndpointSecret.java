package org.voyage.feeds.delivery.endpoint;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.http.SigningAlgorithm;

/**
 * Secret of an endpoint, without its bytes.
 *
 * @param publicKey of Ed25519; null of HMAC
 * @param endsAt when it signs no more; null for no end
 */
record EndpointSecret(
        String kid,
        SigningAlgorithm algorithm,
        @Nullable String publicKey,
        Instant createdAt,
        @Nullable Instant endsAt) {}
