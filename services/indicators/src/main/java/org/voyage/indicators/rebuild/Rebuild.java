package org.voyage.indicators.rebuild;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild as far as it has come.
 *
 * @param events read so far
 */
record Rebuild(Begun begun, RebuildState state, long events, Verified verified, Replaced replaced, End end) {

    /**
     * What was asked for.
     *
     * @param evidence whether the evidence is read anew too
     */
    record Begun(UUID id, Instant at, String by, boolean evidence) {}

    /**
     * How the new figures compare at a position.
     *
     * @param position per topic and partition the offset up to which new and served figures were compared
     * @param cells how many of the new figures were verified
     * @param differing how many of these are not as evidence and published events give
     * @param mended how many cells of the figures that served were not as in the new ones
     */
    record Verified(Map<String, Map<String, Long>> position, long cells, long differing, long mended) {
        static final Verified NOT_YET = new Verified(Map.of(), 0, 0, 0);
    }

    /**
     * What became of the evidence.
     *
     * @param done whether the evidence that was read anew has taken its place
     * @param versions of records that were missing, too many or otherwise
     * @param replayed events that had been set aside and can be read now
     */
    record Replaced(boolean done, long versions, long replayed) {
        static final Replaced NOTHING = new Replaced(false, 0, 0);
    }

    /**
     * @param reason why it did not come to its end as it should
     * @param proof the certificate of the new figures, once they serve or are refused
     */
    record End(
            @Nullable Instant at,
            @Nullable String reason,
            @Nullable UUID proof) {
        static final End NOT_YET = new End(null, null, null);
    }

    static Rebuild begin(Begun begun) {
        return new Rebuild(begun, RebuildState.READING, 0, Verified.NOT_YET, Replaced.NOTHING, End.NOT_YET);
    }

    Rebuild in(RebuildState next) {
        return new Rebuild(begun, next, events, verified, replaced, end);
    }

    Rebuild read(long more) {
        return new Rebuild(begun, state, events + more, verified, replaced, end);
    }

    Rebuild with(Verified its) {
        return new Rebuild(begun, state, events, its, replaced, end);
    }

    Rebuild with(Replaced its) {
        return new Rebuild(begun, state, events, verified, its, end);
    }

    Rebuild ended(RebuildState last, End its) {
        return new Rebuild(begun, last, events, verified, replaced, its);
    }
}
