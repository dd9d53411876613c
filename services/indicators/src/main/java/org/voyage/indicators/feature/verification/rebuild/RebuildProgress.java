package org.voyage.indicators.feature.verification.rebuild;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Progress of a rebuild.
 *
 * @param events number of events read so far
 */
record RebuildProgress(
        RebuildRequest begun,
        RebuildState state,
        long events,
        RebuildVerification verified,
        EvidenceReplacement replaced,
        RebuildEnd end) {

    /**
     * The request for a rebuild.
     *
     * @param evidence whether the evidence is rebuilt too
     */
    record RebuildRequest(UUID id, Instant startedAt, String requestedBy, boolean evidence) {}

    /**
     * The comparison of the new figures at a position; {@code repaired} is the number of served cells that differ from
     * the new ones.
     *
     * @param position per topic and partition the offset up to which new and served figures were compared
     * @param cells number of verified cells of the new figures
     * @param differing number of these that differ from evidence and published events
     */
    record RebuildVerification(Map<String, Map<String, Long>> position, long cells, long differing, long repaired) {
        static final RebuildVerification NOT_YET = new RebuildVerification(Map.of(), 0, 0, 0);
    }

    /**
     * The replacement of the evidence.
     *
     * @param isDone whether the rebuilt evidence has replaced the old evidence
     * @param versions number of record versions that were missing, superfluous or different
     * @param replayed number of dead letters that can be read now
     */
    record EvidenceReplacement(boolean isDone, long versions, long replayed) {
        static final EvidenceReplacement NOT_REPLACED = new EvidenceReplacement(false, 0, 0);
    }

    /**
     * @param reason why it did not complete
     * @param proof the certificate of the new figures, once they serve or are refused
     */
    record RebuildEnd(
            @Nullable Instant endedAt,
            @Nullable String reason,
            @Nullable UUID proof) {
        static final RebuildEnd NOT_YET = new RebuildEnd(null, null, null);
    }

    static RebuildProgress started(RebuildRequest begun) {
        return new RebuildProgress(
                begun,
                RebuildState.READING,
                0,
                RebuildVerification.NOT_YET,
                EvidenceReplacement.NOT_REPLACED,
                RebuildEnd.NOT_YET);
    }

    RebuildProgress withState(RebuildState next) {
        return new RebuildProgress(begun, next, events, verified, replaced, end);
    }

    RebuildProgress withEventsRead(long more) {
        return new RebuildProgress(begun, state, events + more, verified, replaced, end);
    }

    RebuildProgress withResult(RebuildVerification its) {
        return new RebuildProgress(begun, state, events, its, replaced, end);
    }

    RebuildProgress withResult(EvidenceReplacement its) {
        return new RebuildProgress(begun, state, events, verified, its, end);
    }

    RebuildProgress withEnd(RebuildState last, RebuildEnd its) {
        return new RebuildProgress(begun, last, events, verified, replaced, its);
    }
}
