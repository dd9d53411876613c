package org.voyage.indicators.fact;

import org.jspecify.annotations.Nullable;

/**
 * Event of one fact, as read from the log.
 *
 * @param key {@code province/sourceId}
 * @param version order of the version, see {@link org.voyage.kit.log.VersionOrder}: it grows with each change of the
 *     fact, and in a later epoch it is larger than in all earlier ones
 * @param state the fields that the figures need, after the change; null when the fact was withdrawn
 */
public record FactEvent(
        String record,
        String key,
        int version,
        String change,
        @Nullable FactState state) {

    /** Returns whether the record service republished the newest state without a change. */
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
