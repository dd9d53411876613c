package org.voyage.feeds.delivery.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Algorithm of signatures (Standard Webhooks). */
public enum SigningAlgorithm {
    /** HMAC-SHA256 with a shared secret: {@code v1}. */
    HMAC,
    /** Ed25519 with a key pair: {@code v1a}. */
    ED25519;

    /** Returns the name on the wire, e.g. {@code hmac}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SigningAlgorithm> find(String wireName) {
        return Arrays.stream(values())
                .filter(each -> each.wireName().equals(wireName))
                .findFirst();
    }
}
