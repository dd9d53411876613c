package org.voyage.indicators.feature.verification.compare;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.voyage.indicators.query.CodesByDimension;
import org.voyage.indicators.query.CoordinatesSerializer;

/** One differing cell of a roll-up. */
@Schema(
        name = "ProofRollUpDifference",
        description = "A cell of a roll-up that is not the sum of the figure's cells behind it.")
public record RollUpDifference(
        String indicator,

        @Schema(
                description = "the code of each column of the roll-up, and its date or year; the last day of a year"
                        + " represents all of its days",
                implementation = CodesByDimension.class)
        @JsonSerialize(using = CoordinatesSerializer.class)
        Map<String, String> at,

        @Schema(description = "what the roll-up held") long held,

        @Schema(description = "what the cells behind it sum up to")
        long sum,

        @Schema(description = "how many cells that do not hold 0 the roll-up said to sum up")
        int cellsHeld,

        @Schema(description = "how many there are") int cells) {}
