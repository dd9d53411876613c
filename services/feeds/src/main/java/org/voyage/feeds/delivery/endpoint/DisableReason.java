package org.voyage.feeds.delivery.endpoint;

import java.util.Locale;

/** Reason for which an endpoint is disabled. */
public enum DisableReason {
    /** The alliance wanted it. */
    ALLIANCE,
    /** It was down for too long. */
    DOWN,
    /** It answered 410. */
    GONE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DisableReason of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
