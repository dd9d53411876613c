package org.voyage.indicators.feature.preview;

import org.jspecify.annotations.Nullable;

/**
 * Hypothetical record of a preview.
 *
 * @param state its state as JSON; null for a withdrawal
 * @param pointer location in the request, as a JSON Pointer
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record HypotheticalRecord(String record, String province, String sourceId, byte @Nullable [] state, String pointer) {

    String recordKey() {
        return province + "/" + sourceId;
    }
}
