package org.voyage.indicators.feature.verification.rebuild;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild as far as it has come.
 *
 * @param events read so far
 */
record RebuildProgress(
        RebuildRequest begun,
        RebuildState state,
        long events,
        RebuildVerification verified,
        EvidenceReplacement replaced,
        RebuildEnd end) {

    /**
     * What was asked for.
     *
     * @param evidence whether the evidence is read anew too
     */
    record RebuildRequest(UUID id, Instant startedAt, String requestedBy, boolean evidence) {}

    /**
     * How the new figures compare at a position.
     *
     * @param position per topic and partition the offset up to which new and served figures were compared
     * @param cells how many of the new figures were verified
     * @param differing how many of these are not as evidence and published events give
     * @param mended how many cells of the figures that served were not as in the new ones
     */
    record RebuildVerification(Map<String, Map<String, Long>> position, long cells, long differing, long mended) {
        static final RebuildVerification NOT_YET = new RebuildVerification(Map.of(), 0, 0, 0);
    }

    /**
     * What became of the evidence.
     *
     * @param isDone whether the evidence that was read anew has taken its place
     * @param versions of records that were missing, too many or otherwise
     * @param replayed events that had been set aside and can be read now
     */
    record EvidenceReplacement(boolean isDone, long versions, long replayed) {
        static final EvidenceReplacement NOT_REPLACED = new EvidenceReplacement(false, 0, 0);
    }

    /**
     * @param reason why it did not come to its end as it should
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
