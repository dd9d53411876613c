package org.voyage.feeds.delivery.endpoint;

import java.util.Locale;

/** Status of an endpoint. */
public enum EndpointStatus {
    /** Its owner has not proven that the URL is its own; nothing is sent but the challenge. */
    UNPROVED,
    ENABLED,
    DISABLED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EndpointStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
