package org.voyage.indicators.feature.verification.rebuild;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Response DTO of a rebuild. */
@Schema(name = "Rebuild", description = "New live figures, counted from the log while the old ones serve.")
record RebuildResponse(
        UUID id,
        Instant startedAt,
        @Schema(nullable = true) @Nullable Instant finishedAt,
        String by,

        @Schema(description = "whether the evidence is read again too")
        boolean evidence,

        RebuildState state,

        @Schema(nullable = true, description = "why it did not complete") @Nullable
        String reason,

        @Schema(description = "events read so far") long events,

        @Schema(description = "per topic and partition the offset up to which new and served figures were compared")
        Map<String, Map<String, Long>> position,

        @Schema(description = "how many cells of the new figures were verified")
        long cells,

        @Schema(description = "how many of these are not as evidence and published events give; above 0 it is refused")
        long differing,

        @Schema(description = "how many cells of the figures that served were not as in the new ones: what it corrects")
        long repaired,

        @Schema(
                description = "whether the evidence that was read again has replaced the old one; where the rebuild has"
                        + " `failed` nevertheless, the old figures serve on with it until the next rebuild")
        boolean evidenceReplaced,

        @Schema(description = "of the evidence: versions of records that were missing, too many or otherwise")
        long repairedVersions,

        @Schema(description = "of the evidence: dead letters that can be read now")
        long replayed,

        @Schema(nullable = true, description = "the certificate of the new figures, once they serve or are refused")
        @Nullable
        UUID proof) {

    static RebuildResponse of(RebuildProgress rebuild) {
        return new RebuildResponse(
                rebuild.begun().id(),
                rebuild.begun().startedAt(),
                rebuild.end().endedAt(),
                rebuild.begun().requestedBy(),
                rebuild.begun().evidence(),
                rebuild.state(),
                rebuild.end().reason(),
                rebuild.events(),
                rebuild.verified().position(),
                rebuild.verified().cells(),
                rebuild.verified().differing(),
                rebuild.verified().repaired(),
                rebuild.replaced().isDone(),
                rebuild.replaced().versions(),
                rebuild.replaced().replayed(),
                rebuild.end().proof());
    }

    /** Returns the rebuild as failed, if its instance has ended before it. */
    RebuildResponse asFailed(String why) {
        return new RebuildResponse(
                id,
                startedAt,
                finishedAt,
                by,
                evidence,
                RebuildState.FAILED,
                why,
                events,
                position,
                cells,
                differing,
                repaired,
                evidenceReplaced,
                repairedVersions,
                replayed,
                proof);
    }
}
