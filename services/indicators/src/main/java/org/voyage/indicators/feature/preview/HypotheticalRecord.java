package org.voyage.indicators.feature.preview;

import org.jspecify.annotations.Nullable;

/**
 * A record as it would be.
 *
 * @param state its state as JSON; null when it would be withdrawn
 * @param pointer where it stands in what was sent, as a JSON Pointer
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record HypotheticalRecord(String record, String province, String sourceId, byte @Nullable [] state, String pointer) {

    String recordKey() {
        return province + "/" + sourceId;
    }
}
