package org.voyage.indicators.feature.rehearsal;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.CodesByDimension;
import org.voyage.indicators.query.CoordinatesSerializer;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;

/** Response DTOs of rehearsals. */
final class RehearsalResponses {

    private RehearsalResponses() {}

    @Schema(name = "RehearsalRow", description = "One place, by both definitions.")
    record RehearsalRowAnswer(
            @Schema(
                    description = "by what is split: the code of this place, empty for none",
                    implementation = CodesByDimension.class)
            @JsonSerialize(using = CoordinatesSerializer.class)
            Map<String, String> at,

            @Schema(
                    nullable = true,
                    description = "null where it has no value, cannot be asked this way, or does not exist yet")
            @Nullable
            BigDecimal active,

            @Schema(nullable = true, description = "the same of the candidate") @Nullable
            BigDecimal candidate,

            @Schema(nullable = true, description = "candidate minus active; null when either is") @Nullable
            BigDecimal difference) {

        static RehearsalRowAnswer of(DefinitionRehearsal.RehearsedRow row) {
            return new RehearsalRowAnswer(row.coordinates(), row.active(), row.candidate(), row.computeDifference());
        }
    }

    @Schema(name = "Rehearsal", description = "Both definitions over the same records of one moment.")
    record RehearsalAnswer(
            @Schema(
                    nullable = true,
                    description = "the definition that serves; null for a figure that does not exist yet")
            @Nullable
            FigureHeading active,

            FigureHeading candidate,
            List<String> by,
            Map<String, String> filters,
            String period,
            PositionAnswer position,

            @Schema(description = "how many places there are")
            int places,

            @Schema(description = "at how many of them the two differ")
            int differing,

            List<RehearsalRowAnswer> items,

            @Schema(description = "what the reader has to know, such as that one of the two lacks a dimension")
            List<NoteAnswer> notes,

            @Schema(nullable = true) @Nullable String next) {}
}
