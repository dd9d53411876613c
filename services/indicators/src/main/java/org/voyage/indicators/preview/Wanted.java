package org.voyage.indicators.preview;

import org.jspecify.annotations.Nullable;

/**
 * A record as it would be.
 *
 * @param after its state as JSON; null when it would be withdrawn
 * @param place where it stands in what was sent, as a JSON Pointer
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Wanted(String record, String province, String sourceId, byte @Nullable [] after, String place) {

    String key() {
        return province + "/" + sourceId;
    }
}
