package org.voyage.indicators.fact;

import org.jspecify.annotations.Nullable;

/**
 * A change of one fact, as read from the log.
 *
 * @param key {@code province/sourceId}
 * @param version grows by one with each change of the fact
 * @param state what the figures need of the state after the change; null when the fact was withdrawn
 */
public record FactEvent(
        String record,
        String key,
        int version,
        String change,
        @Nullable FactState state) {

    /** Whether nothing changed and its record service told the newest state again. */
    public boolean isRepublished() {
        return change.equals("republished");
    }

    public String province() {
        return key.substring(0, key.indexOf('/'));
    }

    public String sourceId() {
        return key.substring(key.indexOf('/') + 1);
    }
}
