package org.voyage.feeds.assigner;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.RecordUpdateKind;

/**
 * Why a record is compared with what a reader holds.
 *
 * @param change of the record; null for a scan
 * @param scan that judges the record; null for a change
 * @param time of the events that follow
 */
record ReconcileTrigger(
        @Nullable RecordUpdateKind change, @Nullable ScanCause scan, Instant time) {

    static ReconcileTrigger ofChange(RecordUpdateKind change, Instant time) {
        return new ReconcileTrigger(change, null, time);
    }

    static ReconcileTrigger ofScan(ScanCause cause, Instant time) {
        return new ReconcileTrigger(null, cause, time);
    }

    /** Returns the trigger of a record that moves with another one's change. */
    ReconcileTrigger ofRelated(boolean isNew) {
        return scan != null ? this : ofChange(isNew ? RecordUpdateKind.CREATED : RecordUpdateKind.CORRECTED, time);
    }

    boolean isScan() {
        return scan != null;
    }
}
